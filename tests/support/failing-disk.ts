import type * as files from "node:fs/promises";

type Files = typeof files;
export type Operation = "open" | "write" | "sync" | "rename" | "link" | "mkdir" | "copyFile";

/**
 * A disk whose write operations fail when they are told to: the files of one folder, for a test that mocks
 * `node:fs/promises` with `wrap`. A write that fails leaves half of its bytes, as a full disk does.
 */
class FailingDisk {
  #folder: string | null = null;
  #fails: (index: number, operation: Operation, path: string) => string | null = () => null;
  /** What was done below the folder since `watch`, in order. */
  operations: { operation: Operation; path: string }[] = [];

  /** @param fails the error code that the operation of this number (from 0) fails with; null = it does not */
  watch(folder: string, fails: (index: number, operation: Operation, path: string) => string | null): void {
    this.#folder = folder;
    this.#fails = fails;
    this.operations = [];
  }

  rest(): void {
    this.#folder = null;
  }

  check(operation: Operation, path: string): void {
    if (this.#folder === null || !path.startsWith(this.#folder)) return;
    const code = this.#fails(this.operations.length, operation, path);
    this.operations.push({ operation, path });
    if (code !== null) throw Object.assign(new Error(`${code}: ${operation} '${path}'`), { code, path });
  }

  wrap(real: Files): Files {
    const open: Files["open"] = async (path, ...rest) => {
      this.check("open", String(path));
      const handle = await real.open(path, ...rest);
      const { writeFile, sync } = handle;
      handle.writeFile = async (data, ...more) => {
        try {
          this.check("write", String(path));
        } catch (error) {
          if (data instanceof Uint8Array) await writeFile.call(handle, data.subarray(0, data.length / 2));
          throw error;
        }
        return writeFile.call(handle, data, ...more);
      };
      handle.sync = async () => {
        this.check("sync", String(path));
        return sync.call(handle);
      };
      return handle;
    };
    return {
      ...real,
      open,
      rename: async (from, to) => {
        this.check("rename", String(to));
        return real.rename(from, to);
      },
      link: async (from, to) => {
        this.check("link", String(to));
        return real.link(from, to);
      },
      copyFile: async (from, to, mode) => {
        this.check("copyFile", String(to));
        return real.copyFile(from, to, mode);
      },
      mkdir: (async (path: string, options: object) => {
        this.check("mkdir", path);
        return real.mkdir(path, options);
      }) as Files["mkdir"],
    };
  }
}

export const disk = new FailingDisk();
