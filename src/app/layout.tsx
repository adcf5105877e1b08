import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import "./globals.css";
import { Providers } from "./providers";

export const metadata: Metadata = {
  title: { default: "Shotboard", template: "%s · Shotboard" },
  description: "A storyboard studio on ComfyUI: paste a script, every sentence becomes a shot.",
  icons: { icon: [{ url: "/icon.svg", type: "image/svg+xml" }] },
};

export const viewport: Viewport = { themeColor: "#131519", colorScheme: "dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page shows what is true now: nothing is rendered ahead, at build time.
  await cookies();
  return (
    <html lang="en">
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
