import { LinkButton } from "./_ui/link-button";
import { MessagePage } from "./_ui/message-page";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing at this address"
      text="A project may have been deleted, or the address has a typing error."
    >
      <LinkButton href="/">All projects</LinkButton>
    </MessagePage>
  );
}
