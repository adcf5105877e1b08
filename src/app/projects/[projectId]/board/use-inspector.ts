"use client";
import { useState } from "react";
import type { View } from "../model/view";
import type { InspectorTab } from "../inspector/shot-inspector";
import { focusShot } from "./focus";
import { useMedia } from "./use-media";

/** The inspector: a column that stays on a wide screen, else a sheet that is opened for one shot and closed again. */
export function useInspector(
  view: View,
  changeView: (change: Partial<View>) => void,
  current: string | null,
) {
  const isWide = useMedia("(min-width: 1024px)", true);
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  const [tab, setTab] = useState<InspectorTab>("shot");
  const closeSheet = () => {
    setIsSheetOpen(false);
    if (current !== null) focusShot(current);
  };
  return {
    isWide,
    isSheetOpen,
    isOpen: isWide ? view.isInspectorOpen : isSheetOpen,
    tab,
    setTab,
    open: (part?: InspectorTab) => {
      if (part !== undefined) setTab(part);
      if (isWide) changeView({ isInspectorOpen: true });
      else setIsSheetOpen(true);
    },
    openSheet: () => !isWide && setIsSheetOpen(true),
    closeSheet,
    toggle: () => {
      if (isWide) changeView({ isInspectorOpen: !view.isInspectorOpen });
      else if (isSheetOpen) closeSheet();
      else setIsSheetOpen(true);
    },
  };
}
