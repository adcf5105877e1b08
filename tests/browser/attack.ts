import type { Page } from "playwright-core";

/** What a page got from a Shotboard that is not its own. */
export type Loot = Record<
  | "fetch, answer readable"
  | "fetch with the cookie, answer readable"
  | "fetch without cors, answer readable"
  | "picture shown"
  | "thumbnail drawn on a canvas"
  | "answer run as a script"
  | "Shotboard's own script run"
  | "style sheet read"
  | "events heard over HTTP"
  | "events heard over a WebSocket"
  | "window held on to",
  boolean
>;

/**
 * Everything that a page can try against another address, in its own origin: to read, to embed, to write with every
 * kind of request that needs no leave, and to subscribe. Answers what it got; what it changed is looked at elsewhere.
 */
export async function attack(
  page: Page,
  target: string,
  names: { project: string; picture: string },
): Promise<Loot> {
  const chunk = await findChunk(target);
  const loot = await page.evaluate(tryAll, { target, chunk, ...names });
  return { ...loot, "window held on to": await openWindow(page, target) };
}

/** A script that the login page needs, and that is therefore open to all programs. */
async function findChunk(target: string): Promise<string> {
  const html = await (await fetch(`${target}/login`)).text();
  return /src="(\/_next\/static\/[^"]+\.js)"/.exec(html)![1]!;
}

/** Whether a window that a page opened is still in its hands once Shotboard stands in it. */
async function openWindow(page: Page, target: string): Promise<boolean> {
  const [popup] = await Promise.all([
    page.waitForEvent("popup"),
    page.evaluate((url) => {
      Object.assign(window, { opened: window.open(url) });
    }, target),
  ]);
  await popup.waitForLoadState("load");
  const isHeld = await page.evaluate(() => !(window as unknown as { opened: Window }).opened.closed);
  await popup.close();
  return isHeld;
}

/** Runs in the page. */
async function tryAll({
  target,
  chunk,
  project,
  picture,
}: {
  target: string;
  chunk: string;
  project: string;
  picture: string;
}) {
  const rest = `${target}/api/v1/projects`;
  const reads = (init: RequestInit) =>
    fetch(rest, init).then(
      async (answer) => (await answer.text()).includes("Last Light"),
      () => false,
    );
  const loads = (tag: "img" | "script" | "link", attributes: Record<string, string>) =>
    new Promise<boolean>((resolve) => {
      const element = document.createElement(tag);
      element.addEventListener("load", () => resolve(true));
      element.addEventListener("error", () => resolve(false));
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      document.body.append(element);
    });
  const draws = async (src: string) => {
    const image = new Image();
    image.crossOrigin = "use-credentials";
    image.src = src;
    try {
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.getContext("2d")!.drawImage(image, 0, 0);
      return canvas.toDataURL().length > 100;
    } catch {
      return false;
    }
  };
  const input = encodeURIComponent(JSON.stringify({ projectId: project }));
  const hearsHttp = () =>
    new Promise<boolean>((resolve) => {
      const source = new EventSource(`${target}/api/trpc/events.onProject?input=${input}`, {
        withCredentials: true,
      });
      source.addEventListener("message", ({ data }) => {
        source.close();
        resolve(String(data).includes("snapshot"));
      });
      source.addEventListener("error", () => {
        source.close();
        resolve(false);
      });
    });
  const hearsSocket = () =>
    new Promise<boolean>((resolve) => {
      const socket = new WebSocket(`${target.replace("http", "ws")}/api/trpc`);
      socket.addEventListener("open", () =>
        socket.send(
          JSON.stringify({
            id: 1,
            method: "subscription",
            params: { path: "events.onProject", input: { projectId: project } },
          }),
        ),
      );
      socket.addEventListener("message", ({ data }) => String(data).includes("snapshot") && resolve(true));
      for (const end of ["error", "close"]) socket.addEventListener(end, () => resolve(false));
    });

  const loot = {
    "fetch, answer readable": await reads({ mode: "cors" }),
    "fetch with the cookie, answer readable": await reads({ mode: "cors", credentials: "include" }),
    "fetch without cors, answer readable":
      location.origin === target ? true : await reads({ mode: "no-cors", credentials: "include" }),
    "picture shown": await loads("img", { src: `${target}${picture}` }),
    "thumbnail drawn on a canvas": await draws(`${target}${picture}?w=320`),
    "answer run as a script": await loads("script", { src: rest }),
    "Shotboard's own script run": await loads("script", { src: `${target}${chunk}` }),
    "style sheet read": await loads("link", { rel: "stylesheet", href: rest }),
    "events heard over HTTP": await hearsHttp(),
    "events heard over a WebSocket": await hearsSocket(),
  };
  if (location.origin === target) return loot;

  // Embedded: looked at from outside the page.
  for (const [tag, name] of [
    ["iframe", "src"],
    ["embed", "src"],
    ["object", "data"],
  ] as const)
    for (const path of ["/", `/projects/${project}`, "/api/v1/projects"])
      await new Promise<void>((resolve) => {
        const element = document.createElement(tag);
        for (const end of ["load", "error"]) element.addEventListener(end, () => resolve());
        element.setAttribute(name, `${target}${path}`);
        document.body.append(element);
      });

  // Writes, each of which pauses the queue, changes a project or adds a picture where it gets through.
  const pause = `${target}/api/trpc/queue.pause`;
  const cancel = `${rest}/${project}/cancel`;
  const create = `${target}/api/trpc/project.create`;
  const upload = `${target}/api/v1/characters/mira-solberg/images`;
  const body = JSON.stringify({ name: "Hostile", script: "It was here." });
  const drawn = document.createElement("canvas");
  const png = await new Promise<Blob>((resolve) => drawn.toBlob((blob) => resolve(blob!)));
  const json = { "content-type": "application/json" };
  const sends: [string, RequestInit][] = [
    [pause, { method: "POST", mode: "no-cors" }],
    [pause, { method: "POST", mode: "cors", headers: json }],
    [cancel, { method: "POST", mode: "no-cors", body: "{}" }],
    [create, { method: "POST", mode: "cors", headers: json, body }],
    [create, { method: "POST", mode: "no-cors", headers: { "content-type": "text/plain" }, body }],
    [create, { method: "POST", mode: "no-cors", body, keepalive: true }],
    [rest, { method: "POST", mode: "cors", headers: json, body }],
    [rest, { method: "POST", mode: "no-cors", body }],
    [rest, { method: "POST", mode: "no-cors", body: new URLSearchParams({ name: "Hostile" }) }],
    [upload, { method: "POST", mode: "no-cors", body: png }],
    [
      upload,
      { method: "POST", mode: "cors", headers: { "content-type": "application/octet-stream" }, body: png },
    ],
    [`${rest}/${project}`, { method: "DELETE", mode: "cors" }],
    [`${target}/api/login`, { method: "POST", mode: "no-cors", body: JSON.stringify({ token: "guess" }) }],
  ];
  for (const [url, init] of sends) await fetch(url, { ...init, credentials: "include" }).catch(() => {});
  for (const [url, data] of [
    [pause, ""],
    [create, body],
    [create, new Blob([body], { type: "text/plain" })],
    [upload, png],
  ] as const)
    navigator.sendBeacon(url, data);
  for (const enctype of ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"])
    for (const action of [pause, create, rest, cancel]) {
      const frame = document.createElement("iframe");
      frame.name = `f${Math.random()}`;
      document.body.append(frame);
      const form = document.createElement("form");
      Object.assign(form, { method: "POST", action, enctype, target: frame.name });
      const field = document.createElement("input");
      field.name = '{"name":"Hostile","script":"It was here.","x":"';
      field.value = '"}';
      form.append(field);
      document.body.append(form);
      const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
      form.submit();
      await loaded;
    }
  return loot;
}
