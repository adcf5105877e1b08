import { LinkButton } from "../../../_ui/link-button";
import { MessagePage } from "../../../_ui/message-page";

/** What is left of a board whose project was deleted while it was open. */
export function Gone({ name }: { name: string }) {
  return (
    <MessagePage
      title="This project was deleted"
      text={`“${name}” and its pictures were deleted in another window.`}
    >
      <LinkButton href="/">All projects</LinkButton>
    </MessagePage>
  );
}
