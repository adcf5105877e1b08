/** No element of HTML is a list whose options hold more than text, so the roles stand here. */
export const listbox = (label: string) => ({ role: "listbox", "aria-label": label });

/** One of its options; Tab stops at the current one only. */
export const option = (isCurrent: boolean) => ({
  role: "option",
  "aria-selected": isCurrent,
  tabIndex: isCurrent ? 0 : -1,
});
