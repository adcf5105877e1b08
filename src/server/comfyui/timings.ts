/** Every wait of the ComfyUI client, in milliseconds. */
export interface Timings {
  /** A request fails when the server has sent nothing for this long. Default 30 000. */
  requestTimeoutMs: number;
  /** A request fails when its answer has not come to an end after this long, however steadily it drips. Default 120 000. */
  requestTotalMs: number;
  /** The same for the download of a picture. Default 1 200 000. */
  downloadTotalMs: number;
  /** How long a look at what a server's name leads to holds. Default 30 000. */
  nameTtlMs: number;
  /** The silence of the questions asked while a prompt is followed, where a slow answer is soon asked for again. Default 10 000. */
  pollTimeoutMs: number;
  /** The same for `POST /prompt`, which checks the whole workflow before it answers. Default 60 000. */
  submitTimeoutMs: number;
  /** The longest time that even a large upload may take. Default 300 000. */
  uploadTimeoutMs: number;
  /** How long `submit` waits for the WebSocket to open before it posts without it. Default 2 000. */
  socketOpenMs: number;
  /** How often `/history` is asked while messages of the prompt arrive. Default 2 000. */
  pollLivelyMs: number;
  /** How often history and queue are asked while the socket is silent about the prompt or closed. Default 1 000. */
  pollSilentMs: number;
  /** A prompt counts as heard of for this long after its last message. Default 5 000. */
  livelyMs: number;
  /** Waits between questions when a message says the prompt is over and history does not know it yet. */
  settleRetryMs: readonly number[];
  /** The least time between two questions that other clients' `status` messages bring about. Default 250. */
  hintGapMs: number;
  /** How long a server may be out of reach while a prompt is followed. Default 45 000. */
  graceMs: number;
  /** No sign of a running prompt for this long while it samples: stalled. Of a server of which nothing is known yet. Default 600 000. */
  stallSamplingMs: number;
  /** The same while models load. Default 1 200 000. */
  stallLoadingMs: number;
  /** The least that the limit while it samples becomes, however quick the server was before. Default 120 000. */
  stallSamplingMinMs: number;
  /** The same while models load. Default 300 000. */
  stallLoadingMinMs: number;
  /** The same when the socket cannot tell (reconnected, or never heard of the prompt), where silence says little. Default 3 600 000. */
  stallDeafMs: number;
  /** First wait before a closed WebSocket is opened again; it doubles. Default 250. */
  reconnectMinMs: number;
  /** Longest wait before a closed WebSocket is opened again. Default 30 000. */
  reconnectMaxMs: number;
  /** How often the WebSocket is pinged. Default 20 000. */
  pingMs: number;
  /** A WebSocket on which nothing arrived for this long, no pong either, is dropped. Default 90 000. */
  deadSocketMs: number;
  /** How long `cancel` checks that the prompt is gone. Default 2 000. */
  cancelVerifyMs: number;
  /** The wait between two such checks. Default 200. */
  cancelPollMs: number;
  /** How long what `/object_info/{class}` answered is believed. Default 60 000. */
  nodeInfoTtlMs: number;
}

export const defaultTimings: Timings = {
  requestTimeoutMs: 30_000,
  requestTotalMs: 120_000,
  downloadTotalMs: 1_200_000,
  nameTtlMs: 30_000,
  pollTimeoutMs: 10_000,
  submitTimeoutMs: 60_000,
  uploadTimeoutMs: 300_000,
  socketOpenMs: 2_000,
  pollLivelyMs: 2_000,
  pollSilentMs: 1_000,
  livelyMs: 5_000,
  settleRetryMs: [5, 10, 20, 40, 80, 160, 320],
  hintGapMs: 250,
  graceMs: 45_000,
  stallSamplingMs: 600_000,
  stallLoadingMs: 1_200_000,
  stallSamplingMinMs: 120_000,
  stallLoadingMinMs: 300_000,
  stallDeafMs: 3_600_000,
  reconnectMinMs: 250,
  reconnectMaxMs: 30_000,
  pingMs: 20_000,
  deadSocketMs: 90_000,
  cancelVerifyMs: 2_000,
  cancelPollMs: 200,
  nodeInfoTtlMs: 60_000,
};
