/** Where a walk through a project's shots is kept over a reload, in the tab's session. */
export const cullKey = (projectId: string): string => `shotboard cull ${projectId}`;
