/** Queries that may name thousands of shots, which no address has room for: they are sent as a POST. */
const POSTED = new Set(["download.plan", "image.foresee", "sentence.foresee"]);

/** Whether a call has to travel as a POST although it is a query. */
export const isPosted = ({ path }: { path: string }): boolean => POSTED.has(path);
