import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "./child.mjs";
import { canInstallDebianPackages, installDebianPackages } from "./debian.mjs";
import { runProgram } from "./programs.mjs";
import { Problem, say } from "./root.mjs";

const { platform, env } = process;

const onPath = {
  win32: ["chrome.exe", "chromium.exe", "msedge.exe"],
  other: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"],
};

function usualPlaces() {
  const macOs = ["Google Chrome", "Chromium", "Microsoft Edge"].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  );
  const windows = [env["PROGRAMFILES"], env["PROGRAMFILES(X86)"], env["LOCALAPPDATA"]].flatMap((folder) =>
    folder
      ? [
          join(folder, "Google", "Chrome", "Application", "chrome.exe"),
          join(folder, "Chromium", "Application", "chrome.exe"),
          join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
        ]
      : [],
  );
  return platform === "darwin" ? macOs : platform === "win32" ? windows : [];
}

function playwrightCache() {
  if (env["PLAYWRIGHT_BROWSERS_PATH"]) return env["PLAYWRIGHT_BROWSERS_PATH"];
  if (platform === "darwin") return join(homedir(), "Library", "Caches", "ms-playwright");
  if (platform === "win32") return join(env["LOCALAPPDATA"] ?? homedir(), "ms-playwright");
  return join(env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "ms-playwright");
}

/**
 * The browsers that Playwright has downloaded, the newest first.
 * @param {string} cache
 * @returns {string[]}
 */
function playwrightBrowsers(cache) {
  const programs =
    /^(chrome|headless_shell|chrome-headless-shell|Chromium|Google Chrome for Testing)(\.exe)?$/;
  if (!existsSync(cache)) return [];
  const folders = readdirSync(cache).filter((name) => name.startsWith("chromium"));
  folders.sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
  return folders.flatMap((folder) =>
    readdirSync(join(cache, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && programs.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
}

/**
 * Where a Chromium may be, the likeliest first: CHROMIUM_PATH, PATH, the usual places, Playwright's cache.
 * @returns {string[]}
 */
function candidates() {
  const names = platform === "win32" ? onPath.win32 : onPath.other;
  const folders = (env["PATH"] ?? "").split(delimiter).filter(Boolean);
  const given = env["CHROMIUM_PATH"];
  return [
    ...(given ? [given] : []),
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...usualPlaces(),
    ...playwrightBrowsers(playwrightCache()),
  ].filter((file) => existsSync(file));
}

/**
 * The first candidate that starts: some systems have a `chromium` that only says how to get one.
 * @returns {Promise<string | null>}
 */
async function findChromium() {
  for (const file of candidates()) {
    // On Windows `--version` opens a window instead of answering.
    if (platform === "win32") return file;
    const { code } = await run(file, ["--version"], { quiet: true, timeoutMs: 30_000 });
    if (code === 0) return file;
  }
  return null;
}

const remedies = {
  darwin: "brew install --cask google-chrome",
  win32: "winget install Google.Chrome",
  other: "sudo apt-get install -y chromium fonts-dejavu-core",
};

/**
 * The Chromium for browser tests: found, or installed by Debian's packages or by Playwright.
 * @returns {Promise<string>}
 * @throws {Problem} with the one command to type where none can be had
 */
export async function prepareChromium() {
  const given = env["CHROMIUM_PATH"];
  if (given && !existsSync(given)) {
    throw new Problem(`CHROMIUM_PATH names ${given}, and there is no such file.`);
  }
  const found = await findChromium();
  if (found) return found;
  let said = "";
  if (canInstallDebianPackages()) {
    said += await installDebianPackages(["chromium", "fonts-dejavu-core"]);
    const installed = await findChromium();
    if (installed) return installed;
  }
  say("fetching a Chromium with Playwright");
  const fetched = await runProgram("playwright-core", ["install", "chromium-headless-shell"], {
    quiet: true,
    timeoutMs: 300_000,
  });
  const downloaded = await findChromium();
  if (downloaded) return downloaded;
  const remedy = platform === "darwin" || platform === "win32" ? remedies[platform] : remedies.other;
  throw new Problem(
    `The browser tests need a Chromium, and none was found or could be fetched. Type this, then try again: ${remedy}\n` +
      `${said}${fetched.output}`,
  );
}
