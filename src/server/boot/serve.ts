import { EventEmitter, once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";
import { Access } from "@/server/http/access";
import { hasProject } from "@/server/services/project/has-project";
import { createCaller } from "@/server/trpc/router";
import { SettingError, type Environment } from "./environment";
import { DOOR_LIMITS, type DoorLimits } from "./door-limits";
import { createPageHandler } from "./handle-page";
import { createRequestHandler } from "./handle-request";
import { createUpgrades } from "./handle-upgrade";
import { limitConnections } from "./limit-connections";
import type { Runtime } from "./runtime";
import { share } from "./shared";

/** ms that an idle connection is kept. */
const KEEP_ALIVE = 75_000;

export interface ServeOptions {
  runtime: Runtime;
  environment: Environment;
  root: string;
  version: string;
  /** `development` compiles pages as they are asked for; `none` serves the API without pages. */
  pages: "production" | "development" | "none";
  /** What differs from the usual limits. */
  limits?: Partial<DoorLimits>;
}

export interface Serving {
  /** Where to open it. */
  url: string;
  /** The same, letting in the one browser that opens it first; null where no token is asked for. */
  oneTimeUrl: string | null;
  close(): Promise<void>;
}

/** Opens the one port: pages, tRPC over HTTP and WebSocket, REST, media and health. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { runtime, environment, root, version, pages } = options;
  const { services } = runtime;
  const limits = { ...DOOR_LIMITS, ...options.limits };
  const access = new Access({
    token: environment.accessToken,
    hosts: hostsOf(environment),
    publicOrigin: environment.publicUrl && new URL(environment.publicUrl).origin,
  });
  share({
    caller: createCaller({
      services,
      refusal: null,
      isCongested: () => false,
      openSubscription: () => () => {},
    }),
    isAllowed: (cookie) => access.isCookie(cookie),
    version,
  });
  const hotReload = pages === "development" ? new EventEmitter() : null;
  const app =
    pages === "none"
      ? null
      : next({
          dev: pages === "development",
          dir: root,
          quiet: true,
          httpServer: (hotReload ?? new EventEmitter()) as Server,
        });
  await app?.prepare();
  const render = app?.getRequestHandler();
  // Longer than proxies and clients keep a connection: one that closes first has no request lost in it.
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE });
  const isBeyond = limitConnections(server, limits.connections);
  const upgrades = createUpgrades({ services, access, limits, isBeyond, hotReload });
  const showPage = createPageHandler({
    access,
    hasProject: (id) => hasProject(services, id),
    isDevelopment: pages === "development",
    render: async (request, response) => {
      if (render) await render(request, response);
      else response.writeHead(404).end();
    },
  });
  server.on(
    "request",
    createRequestHandler({ services, access, version, limits, isBeyond, pages: showPage }),
  );
  server.on("upgrade", upgrades.handle);
  await listen(server, environment);
  const url = urlOf(server, environment);
  if (hotReload) await fetch(url).then((answer) => answer.arrayBuffer());
  return {
    url,
    oneTimeUrl: access.oneTime && new URL(`?token=${access.oneTime.value}`, url).href,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      upgrades.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 500).unref();
      await closed;
      await app?.close();
    },
  };
}

/** Why an address cannot be listened on, and what to do. */
const LISTEN_ERRORS: Record<string, string> = {
  EADDRINUSE: "is in use by another program. Stop it, or set PORT to a free one.",
  EACCES: "is not allowed to this user. Set PORT to one above 1023.",
  EADDRNOTAVAIL: "is no address of this machine. Set HOST to one that is, or to 0.0.0.0 for all.",
  ENOTFOUND: "is no address of this machine. Set HOST to one that is, or to 0.0.0.0 for all.",
};

/** @throws SettingError where the address is taken, forbidden or not ours */
async function listen(server: Server, { port, host }: Environment): Promise<void> {
  server.listen(port, host);
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    const why = LISTEN_ERRORS[error.code ?? ""];
    throw why === undefined ? error : new SettingError(`Port ${port} on ${host} ${why}`);
  });
}

function urlOf(server: Server, { host, publicUrl }: Environment): string {
  if (publicUrl !== null) return publicUrl;
  const { port } = server.address() as AddressInfo;
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function hostsOf({ host, publicUrl, allowedHosts }: Environment): string[] {
  const named = publicUrl === null ? [] : [new URL(publicUrl).hostname];
  return ["localhost", "127.0.0.1", "[::1]", host, ...named, ...allowedHosts];
}
