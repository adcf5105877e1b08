import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { loadDotEnv, parseEnvironment, SettingError } from "@/server/boot/environment";

const root = resolve("/somewhere/shotboard");
const parse = (env: Record<string, string>) => parseEnvironment({ NODE_ENV: "test", ...env }, root);

describe("the settings", () => {
  test("have defaults for all", () => {
    expect(parse({})).toEqual({
      port: 3000,
      host: "127.0.0.1",
      publicUrl: null,
      allowedHosts: [],
      dataDir: join(root, "data"),
      databaseUrl: null,
      comfyUrls: [],
      comfyHeaders: {},
      accessToken: null,
      logLevel: "info",
      isProduction: false,
    });
  });

  test("may each be set", () => {
    const given = parse({
      NODE_ENV: "production",
      PORT: "8080",
      HOST: "0.0.0.0",
      PUBLIC_URL: "https://board.example.org",
      ALLOWED_HOSTS: "studio.local, 192.0.2.10,,",
      DATA_DIR: "../pictures",
      DATABASE_URL: "postgresql://u:p@db/shotboard",
      COMFYUI_URL: "http://127.0.0.1:8188 , https://gpu.example.com/",
      COMFYUI_HEADERS: '{"https://gpu.example.com/": {"authorization": "Bearer x"}}',
      ACCESS_TOKEN: "a-long-random-word",
      LOG_LEVEL: "warn",
    });
    expect(given).toEqual({
      port: 8080,
      host: "0.0.0.0",
      publicUrl: "https://board.example.org",
      allowedHosts: ["studio.local", "192.0.2.10"],
      dataDir: resolve(root, "../pictures"),
      databaseUrl: "postgresql://u:p@db/shotboard",
      comfyUrls: ["http://127.0.0.1:8188", "https://gpu.example.com/"],
      comfyHeaders: { "https://gpu.example.com": { authorization: "Bearer x" } },
      accessToken: "a-long-random-word",
      logLevel: "warn",
      isProduction: true,
    });
  });

  test("that are empty count as unset, and unknown ones are of no interest", () => {
    const names = [
      "PORT",
      "HOST",
      "PUBLIC_URL",
      "ALLOWED_HOSTS",
      "DATA_DIR",
      "DATABASE_URL",
      "COMFYUI_URL",
      "COMFYUI_HEADERS",
      "ACCESS_TOKEN",
      "LOG_LEVEL",
    ];
    expect(parse({ ...Object.fromEntries(names.map((name) => [name, ""])), PATH: "/bin" })).toEqual(
      parse({}),
    );
  });

  test("take an absolute data folder as it is", () => {
    const folder = resolve(tmpdir(), "pictures");
    expect(parse({ DATA_DIR: folder }).dataDir).toBe(folder);
  });

  test.each([
    ["PORT", "many", "port"],
    ["PORT", "-1", "port"],
    ["PORT", "65536", "port"],
    ["PORT", "80.5", "PORT"],
    ["PUBLIC_URL", "board.example.org", "http or https address"],
    ["PUBLIC_URL", "ftp://board.example.org", "http or https address"],
    ["DATABASE_URL", "mysql://db/shotboard", "begins with postgres://"],
    ["COMFYUI_URL", "127.0.0.1:8188", "ComfyUI's address"],
    ["COMFYUI_URL", "http://a:8188,nonsense", "ComfyUI's address"],
    ["COMFYUI_URL", " , ", "ComfyUI's address"],
    ["COMFYUI_URL", "http://a:8188,http://a:8188", "twice"],
    ["COMFYUI_URL", "http://a:8188,http://a:8188/", "twice"],
    ["COMFYUI_URL", "http://a:8188,http://A:8188", "twice"],
    ["COMFYUI_URL", "http://%FF@a:8188", "COMFYUI_HEADERS"],
    ["PUBLIC_URL", "https://me:secret@board.example.org", "without a name and password"],
    ["COMFYUI_HEADERS", "{", "expected JSON"],
    ["COMFYUI_HEADERS", "[1]", "headers by server URL"],
    ["COMFYUI_HEADERS", '{"http://a": "Bearer x"}', ""],
    ["ACCESS_TOKEN", "short", "at least 8 characters"],
    ["LOG_LEVEL", "loud", "expected debug, info, warn, error or silent"],
  ])(
    "%s=%s stop the start with a sentence that names the setting and what is expected",
    (name, value, expected) => {
      const attempt = () => parse({ [name]: value });
      expect(attempt).toThrow(SettingError);
      expect(attempt).toThrow(`The setting ${name} is not usable: `);
      expect(attempt).toThrow(expected);
      expect(attempt).toThrow("Change it in the environment or in .env, and start again.");
    },
  );

  test.each([
    ["ACCESS_TOKEN", "secret7"],
    ["DATABASE_URL", "mysql://u:secret7@db"],
    ["COMFYUI_HEADERS", '{"http://a": "secret7"'],
    ["COMFYUI_URL", "http://u:secret7@a:8188,nonsense"],
    ["COMFYUI_URL", "http://u:@secret7@a:8188,http://a:8188"],
    ["PUBLIC_URL", "ftp://u:secret7@board.example.org"],
  ])("never print what stands in %s", (name, value) => {
    expect(() => parse({ [name]: value })).toThrow(SettingError);
    expect(() => parse({ [name]: value })).not.toThrow(/secret7/);
  });
});

describe("HOST", () => {
  test.each(["127.0.0.1", "127.8.9.10", "::1", "localhost", "LOCALHOST", ""])(
    "%j is this machine alone, and needs no token",
    (host) => {
      expect(parse({ HOST: host }).accessToken).toBeNull();
    },
  );

  test.each([
    "0.0.0.0",
    "::",
    "192.168.1.20",
    "studio.local",
    "127.0.0.1.evil.example",
    "localhost.",
    " ",
    "::ffff:127.0.0.1",
  ])("%j stops the start without ACCESS_TOKEN, with a sentence, and is served with it", (host) => {
    const attempt = () => parse({ HOST: host });
    expect(attempt).toThrow(SettingError);
    expect(attempt).toThrow(
      `HOST is "${host}", where other machines reach Shotboard, and ACCESS_TOKEN is not set`,
    );
    expect(attempt).toThrow("Set ACCESS_TOKEN to a long random word, or take HOST out, and start again.");
    expect(parse({ HOST: host, ACCESS_TOKEN: "a-long-random-word" }).host).toBe(host);
  });
});

test("a .env beside package.json is taken over, and the environment goes before it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "shotboard-env-"));
  const before = { ...process.env };
  try {
    loadDotEnv(folder);
    await writeFile(
      join(folder, ".env"),
      "# a comment\nSHOTBOARD_TEST_A=from the file\nSHOTBOARD_TEST_B='from the file'\n",
    );
    process.env["SHOTBOARD_TEST_A"] = "from outside";
    loadDotEnv(folder);
    expect([process.env["SHOTBOARD_TEST_A"], process.env["SHOTBOARD_TEST_B"]]).toEqual([
      "from outside",
      "from the file",
    ]);
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    await rm(folder, { recursive: true, force: true });
  }
});
