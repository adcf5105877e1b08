"use client";
import { type SubmitEvent, useEffect, useRef, useState } from "react";
import { AppMark } from "./app-mark";
import { Button } from "./button";
import { Field, INPUT } from "./field";

const REFUSED = "This is not the token that this Shotboard was started with.";
const UNREACHABLE = "Shotboard's server did not answer. Check that it is running.";

/** Why it was not opened, as the server says it. */
async function readProblem(answer: Response | null): Promise<string> {
  if (answer?.status === 401) return REFUSED;
  const body = (await answer?.json().catch(() => null)) as RestAnswer | null;
  return body?.error ? [body.error.message, body.error.remedy].filter(Boolean).join(" ") : UNREACHABLE;
}

interface RestAnswer {
  error?: { message: string; remedy: string | null };
}

/**
 * Somebody who follows a link from another site comes without the cookie, which goes with our own pages' requests
 * alone: whoever has it is let in by asking again from here.
 */
async function isInAlready(): Promise<boolean> {
  const answer = await fetch("/healthz").catch(() => null);
  const body = (await answer?.json().catch(() => null)) as { database?: string } | null;
  // To others it is bare.
  return body?.database !== undefined;
}

/** Asks for the token; a cookie keeps that it was shown, so that the address stays where it was. */
export function Login() {
  const [token, setToken] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);

  useEffect(() => {
    box.current?.focus();
    void isInAlready().then((isIn) => isIn && location.replace(location.pathname + location.search));
  }, []);

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsBusy(true);
    setProblem(null);
    const answer = await fetch("/api/login", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: token.trim() }),
    }).catch(() => null);
    if (answer?.ok) {
      location.reload();
      return;
    }
    setIsBusy(false);
    setProblem(await readProblem(answer));
  };

  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <form onSubmit={(event) => void submit(event)} className="w-full max-w-[360px] space-y-5">
        <div className="space-y-3">
          <AppMark size={32} />
          <h1 className="text-title font-semibold">Shotboard</h1>
          <p className="text-soft">
            This Shotboard asks for its token: the ACCESS_TOKEN it was started with. Or open the address that
            its start printed, which lets one browser in.
          </p>
        </div>
        <Field label="Token" problem={problem}>
          {(field) => (
            <input
              {...field}
              className={`${INPUT} h-9 w-full touch:h-11`}
              type="password"
              name="token"
              autoComplete="current-password"
              ref={box}
              value={token}
              onChange={(event) => setToken(event.target.value)}
            />
          )}
        </Field>
        <Button
          look="primary"
          type="submit"
          className="w-full"
          isBusy={isBusy}
          disabled={token.trim() === ""}
        >
          Open
        </Button>
      </form>
    </main>
  );
}
