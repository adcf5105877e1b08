/** One line that says where pictures come from while no ComfyUI is connected. */
export function DemoLine({ className = "" }: { className?: string }) {
  return (
    <p role="note" className={`border-b border-line bg-raised px-4 py-1.5 text-meta text-muted ${className}`}>
      <span className="text-soft">These pictures come from the demo renderer.</span> Set{" "}
      <code className="font-sans text-soft">COMFYUI_URL</code> to your ComfyUI’s address (for example
      http://127.0.0.1:8188) and start again to paint with your own GPU.
    </p>
  );
}
