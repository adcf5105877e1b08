const stepsFor = (isDemo: boolean) => [
  <>
    Start ComfyUI on the machine with the GPU. For another machine than this one, start it with{" "}
    <Code>--listen</Code>.
  </>,
  isDemo ? (
    <>
      Write its address into <Code>.env</Code> in Shotboard’s folder:{" "}
      <Code>COMFYUI_URL=http://127.0.0.1:8188</Code>. Several addresses, separated by commas, paint side by
      side.
    </>
  ) : (
    <>
      Write its address behind the others, with a comma between them, at <Code>COMFYUI_URL</Code> in{" "}
      <Code>.env</Code> in Shotboard’s folder. They paint side by side.
    </>
  ),
  isDemo ? (
    <>
      Start Shotboard again. The pictures of the demo renderer are then marked as changed, and one press
      paints them all anew.
    </>
  ) : (
    <>Start Shotboard again. What is in line goes on.</>
  ),
];

/** How to connect a ComfyUI, in three steps. */
export function ConnectNote({ isDemo }: { isDemo: boolean }) {
  return (
    <section aria-labelledby="connect" className="space-y-3 rounded border border-line px-4 py-4">
      <h2 id="connect" className="font-semibold">
        {isDemo ? "Connect your ComfyUI" : "Connect another ComfyUI"}
      </h2>
      <ol className="space-y-2 text-soft">
        {stepsFor(isDemo).map((step, index) => (
          <li key={index} className="flex gap-3">
            <span className="w-4 shrink-0 text-right text-muted">{index + 1}</span>
            <span className="min-w-0 break-words">{step}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Code({ children }: { children: string }) {
  return <code className="rounded-[4px] bg-lifted px-1 py-0.5 font-sans text-text">{children}</code>;
}
