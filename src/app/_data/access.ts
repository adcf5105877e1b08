import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { shared } from "@/server/boot/shared";
import type { AppCaller } from "@/server/trpc/router";

/** Cookie that the server sets for a browser that it let in. */
const SESSION_COOKIE = "shotboard_token";

/** The API for a page, or null where the visitor has yet to show the token. Every page asks by itself. */
export async function openPage(): Promise<AppCaller | null> {
  const cookie = (await cookies()).get(SESSION_COOKIE)?.value;
  return shared().isAllowed(cookie) ? shared().caller : null;
}

/** Data for a page; an id that names nothing, or is none, shows the page for what is not there. */
export async function orNotFound<T>(data: Promise<T>): Promise<T> {
  try {
    return await data;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "NOT_FOUND" || code === "BAD_REQUEST") notFound();
    throw error;
  }
}
