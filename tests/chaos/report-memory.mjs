// Loaded before the server by the chaos runs alone: on SIGUSR2 it collects garbage and says what is left.
const { gc } = globalThis;
if (!gc) throw new Error("Start with --expose-gc.");
process.on("SIGUSR2", () => {
  // Twice, with a pause: what is freed by the first may let go of more.
  void gc();
  setTimeout(() => {
    void gc();
    const { heapUsed, external, rss } = process.memoryUsage();
    process.stdout.write(`memory: ${JSON.stringify({ heapUsed, external, rss })}\n`);
  }, 200);
});
