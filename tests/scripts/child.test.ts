import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../../scripts/child.mjs";

const childModule = JSON.stringify(join(import.meta.dirname, "../../scripts/child.mjs"));

/** Says "ready", then each SIGTERM it gets; ends with 7 when a line arrives on its standard input. */
const patient = `
  process.on("SIGTERM", () => console.log("SIGTERM"));
  process.stdin.on("data", () => process.exit(7));
  console.log("ready");
`;

/** A command that runs `program` as its child. */
function startCommand(program: string, options = "{}") {
  const source = `
    import { pathToFileURL } from "node:url";
    const { run, holdSignals } = await import(pathToFileURL(${childModule}));
    holdSignals();
    process.exitCode = (await run(process.execPath, ["-e", ${JSON.stringify(program)}], ${options})).code;
  `;
  const command = spawn(process.execPath, ["--input-type=module", "-e", source], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let said = "";
  command.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  return {
    command,
    said: () => said,
    /** Waits until the output ends with this. */
    async sees(end: string) {
      while (!said.trim().endsWith(end)) await once(command.stdout, "data");
    },
  };
}

describe("a command and its child", () => {
  it("end with the child's exit code", async () => {
    expect(await run(process.execPath, ["-e", "process.exit(3)"])).toEqual({ code: 3, output: "" });
  });

  it("tell what a quiet child said", async () => {
    const program = "console.log('one'); console.error('two')";
    const { code, output } = await run(process.execPath, ["-e", program], { quiet: true });
    expect(code).toBe(0);
    expect(output.split("\n").sort()).toEqual(["", "one", "two"]);
  });

  it("end with 127 and the reason when there is no such program", async () => {
    const { code, output } = await run("no-such-program-here", [], { quiet: true });
    expect(code).toBe(127);
    expect(output).toContain("ENOENT");
  });

  if (process.platform !== "win32")
    it("get the first SIGTERM once, and take a second one calmly", async () => {
      const { command, said, sees } = startCommand(patient);
      await sees("ready");
      command.kill("SIGTERM");
      await sees("SIGTERM");
      command.kill("SIGTERM");
      command.stdin.write("end\n");
      const [code] = (await once(command, "exit")) as [number];
      expect(code).toBe(7);
      expect(said().match(/SIGTERM/g)).toHaveLength(1);
    });

  if (process.platform !== "win32")
    it("are both gone when the command was killed", async () => {
      const follower = `
      import(require("node:url").pathToFileURL(${childModule})).then(({ followParent }) => {
        followParent();
        process.on("SIGTERM", () => { console.log("parent gone"); process.exit(); });
        console.log("ready");
        setInterval(() => {}, 1000);
      });
    `;
      const { command, sees } = startCommand(follower, "{ channel: true }");
      await sees("ready");
      // The pipe closes when nobody holds it any more; which of the two is heard first is not said.
      const over = Promise.all([once(command, "exit"), once(command.stdout, "close")]);
      command.kill("SIGKILL");
      await sees("parent gone");
      await over;
      expect(command.signalCode).toBe("SIGKILL");
    });
});
