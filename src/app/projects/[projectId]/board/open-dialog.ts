import { createContext, useContext } from "react";

/** The dialogs that arrange shots. */
export type ShotDialog = "add" | "divide" | "section" | "script" | "shelf";
export type OpenDialog = (dialog: ShotDialog) => void;

export const OpenDialogContext = createContext<OpenDialog>(() => {});

/** Opens one of them, about the selected shots. */
export const useOpenDialog = (): OpenDialog => useContext(OpenDialogContext);
