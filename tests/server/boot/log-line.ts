// Logs what a test gives it, as the server would, in a process of its own: the log goes to stderr.
import { eq } from "drizzle-orm";
import { createLog } from "@/server/boot/create-log";
import { parseEnvironment } from "@/server/boot/environment";
import { secretsOf } from "@/server/boot/hide-secrets";
import { settings } from "@/server/db/schema";
import { openTestDatabase, root } from "../../support/test-database";

const environment = parseEnvironment(process.env, root);
const log = createLog("debug", secretsOf(environment));
const secret = process.env["SECRET"]!;
const token = environment.accessToken!;
const [headers] = Object.values(environment.comfyHeaders);

log.error("A field", {
  token: secret,
  headers: { "x-any": secret },
  deep: { authorization: secret, password: secret },
});
log.warn(`A message with ${token}`, { url: `http://127.0.0.1:3000/?token=${secret}&a=1`, headers });
log.warn("An error's text", {
  error: new Error(`sent Bearer ${secret} to http://me:${secret}@gpu:8188/`, {
    cause: new Error(`cookie: shotboard_token=${secret}; and ${String(Object.values(headers!)[0])}`),
  }),
});
log.info("A database", { error: new Error(`cannot connect to ${environment.databaseUrl}`) });
const database = await openTestDatabase();
await database.db.transaction((tx) => tx.execute("drop table settings"));
await database.db
  .update(settings)
  .set({ value: [{ url: "http://gpu:8188", headers: { authorization: secret } }] })
  .where(eq(settings.key, "comfyui.servers"))
  .catch((error: unknown) => log.error("A query", { error }));
await database.close();
