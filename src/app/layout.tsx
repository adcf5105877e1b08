import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import "./globals.css";
import { Providers } from "./providers";

/**
 * Loaded before the first text is drawn, and not put in its place later: nothing moves.
 * Letters that it lacks come from `fonts.css`.
 */
const inter = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  display: "optional",
  adjustFontFallback: false,
  variable: "--font-latin",
});

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
    <html lang="en" className={inter.variable}>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
