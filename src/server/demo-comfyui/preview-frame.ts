/** The binary message of a preview for clients that asked for nothing more: event 1, format 1 (JPEG). */
export function plainFrame(jpeg: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(1, 0);
  head.writeUInt32BE(1, 4);
  return Buffer.concat([head, jpeg]);
}

/** The binary message of a preview that names its prompt and node: event 4, for clients with feature flags. */
export function metadataFrame(jpeg: Buffer, promptId: string, nodeId: string): Buffer {
  const metadata = Buffer.from(
    JSON.stringify({
      node_id: nodeId,
      prompt_id: promptId,
      display_node_id: nodeId,
      parent_node_id: null,
      real_node_id: nodeId,
      image_type: "image/jpeg",
    }),
  );
  const head = Buffer.alloc(8);
  head.writeUInt32BE(4, 0);
  head.writeUInt32BE(metadata.length, 4);
  return Buffer.concat([head, metadata, jpeg]);
}
