"use client";
import { Button } from "./_ui/button";
import { LinkButton } from "./_ui/link-button";
import { MessagePage } from "./_ui/message-page";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <MessagePage
      title="This page could not be shown"
      text={
        <>
          Your projects and pictures are safe, and the queue goes on. Try again; if it stays like this, look
          at the server’s log
          {error.digest ? ` for ${error.digest}` : ""}.
        </>
      }
    >
      <Button look="primary" onClick={() => reset()}>
        Try again
      </Button>
      <LinkButton href="/">All projects</LinkButton>
    </MessagePage>
  );
}
