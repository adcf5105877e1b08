import { redirect } from "next/navigation";
import { openPage } from "../_data/access";
import { Login } from "../_ui/login";

export const metadata = { title: "Open Shotboard" };

/** What the server shows at every address until the visitor has shown the token. */
export default async function Page() {
  if (await openPage()) redirect("/");
  return <Login />;
}
