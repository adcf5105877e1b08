import { expect, test } from "vitest";
import { Guesses, GUESSES } from "@/server/http/guesses";
import { OneTimeToken } from "@/server/http/one-time-token";
import { SessionCookie } from "@/server/http/session-cookie";

/** A counter at which that many wrong tokens came from an address. */
function guessed(address: string, times: number) {
  const clock = { now: 1_000 };
  const guesses = new Guesses(() => clock.now);
  for (let count = 0; count < times; count += 1) guesses.note(address);
  return { guesses, clock };
}

test("an address may guess so often in a minute, then waits for its end, and may again", () => {
  expect(guessed("192.0.2.1", GUESSES - 1).guesses.refusalOf("192.0.2.1")).toBeNull();
  const { guesses, clock } = guessed("192.0.2.1", GUESSES);
  clock.now += 20_500;
  expect(guesses.refusalOf("192.0.2.1")).toMatchObject({
    code: "TOO_MANY_REQUESTS",
    reason: "too_many_guesses",
    retryAfter: 40,
    remedy: expect.stringContaining("Wait 40 s"),
  });
  clock.now += 39_500;
  expect(guesses.refusalOf("192.0.2.1")).toBeNull();
});

test.each([
  ["192.0.2.1", "192.0.2.2", false],
  ["192.0.2.1", "::ffff:192.0.2.1", true],
  ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true],
  ["2001:db8::1", "2001:0db8:0:0:ffff:1:2:3", true],
  ["2001:db8:1:2::1", "2001:db8:1:3::1", false],
  ["fe80::1%eth0", "fe80::2%eth0", true],
  ["::1", "::1", true],
])("%s and %s count as one address: %s", (one, other, isOne) => {
  const { guesses } = guessed(one, GUESSES);
  expect(guesses.refusalOf(other) !== null).toBe(isOne);
});

test("a million addresses take no more room than ten thousand, and the newest are remembered", () => {
  const guesses = new Guesses();
  for (let count = 0; count < 20_000; count += 1)
    guesses.note(`10.${count >> 16}.${(count >> 8) & 255}.${count & 255}`);
  const last = "10.0.78.31";
  for (let count = 1; count < GUESSES; count += 1) guesses.note(last);
  expect(guesses.refusalOf(last)).not.toBeNull();
});

test("a one-time token opens once, and none after an hour; a wrong one does not use it up", () => {
  const clock = { now: 0 };
  const token = new OneTimeToken(() => clock.now);
  expect(token.use("wrong")).toBe(false);
  expect(token.use("")).toBe(false);
  expect(token.use(token.value)).toBe(true);
  expect(token.use(token.value)).toBe(false);
  const late = new OneTimeToken(() => clock.now);
  clock.now = 60 * 60_000;
  expect(late.use(late.value)).toBe(false);
  expect(late.value).not.toBe(token.value);
});

test("a session's cookie holds for its token alone, unchanged, and no longer than thirty days", () => {
  const token = "a-long-random-word";
  const cookies = new SessionCookie(token, false);
  const value = /^shotboard_token=([^;]+);/.exec(cookies.make())![1]!;
  const [from, signature] = value.split(".") as [string, string];
  expect(cookies.isOurs(value)).toBe(true);
  // After a restart.
  expect(new SessionCookie(token, true).isOurs(value)).toBe(true);
  expect(new SessionCookie("another-random-word", false).isOurs(value)).toBe(false);
  const later = (Number.parseInt(from, 36) + 1).toString(36);
  for (const wrong of [
    "",
    ".",
    token,
    from,
    `${later}.${signature}`,
    `${from}.${signature}x`,
    undefined,
    null,
  ])
    expect(cookies.isOurs(wrong), String(wrong)).toBe(false);
  expect(value).not.toContain(token);
  expect(cookies.isIn(`a=1; shotboard_token=wrong; shotboard_token=${value}; b`)).toBe(true);
  expect(cookies.isIn("shotboard_token")).toBe(false);
});

test("a session's cookie ends", ({ onTestFinished }) => {
  const now = Date.now;
  onTestFinished(() => void (Date.now = now));
  const cookies = new SessionCookie("a-long-random-word", false);
  const value = /^shotboard_token=([^;]+);/.exec(cookies.make())![1]!;
  Date.now = () => now() + 29 * 24 * 3_600_000;
  expect(cookies.isOurs(value)).toBe(true);
  Date.now = () => now() + 31 * 24 * 3_600_000;
  expect(cookies.isOurs(value)).toBe(false);
});
