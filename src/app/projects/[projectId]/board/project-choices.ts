import { createContext } from "react";
import type { ProjectChoices } from "../model/changed-words";

/** Model and style of the board's project, for shots that have none of their own. */
export const ProjectChoicesContext = createContext<ProjectChoices>({ modelId: null, styleId: null });
