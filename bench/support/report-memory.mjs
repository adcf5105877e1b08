// Loaded into a server before its own program: tells the parent process how much memory it takes, in bytes.
setInterval(() => process.send?.(process.memoryUsage.rss()), 100).unref();
// Its channel alone does not keep the server alive.
process.channel?.unref();
