import { fileURLToPath } from "node:url";

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  devIndicators: false,
  // The name that `npm run dev` serves by; Next knows only localhost.
  allowedDevOrigins: ["127.0.0.1"],
  // The optimiser of pictures is not used: thumbnails come from the server's own /media routes.
  images: { unoptimized: true },
  turbopack: { root: fileURLToPath(new URL(".", import.meta.url)) },
};
