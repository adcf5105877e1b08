import { lockFolder } from "@/server/db/lock-folder";

/** Takes the folder named on the command line and says so, for as long as it lives or until it is told `release`. */
try {
  const lock = await lockFolder(process.argv[2]!);
  process.stdin.on("data", () => void lock.release().then(() => process.exit(0)));
  console.log("held");
} catch (error) {
  console.log(`refused ${(error as Error).name}: ${(error as Error).message}`);
}
