"use client";
import { useCallback, useRef, useState } from "react";
import type { Project } from "@/lib/schemas/project";
import type { QueueStatus } from "@/lib/schemas/queue";
import { DemoLine } from "../../../_ui/demo-line";
import { tintOf } from "../../../_ui/tint";
import type { Filter } from "../model/filter";
import type { Modifiers } from "../model/selection";
import { pictureSizes, type View } from "../model/view";
import type { RunState } from "../live/run-store";
import type { InitialReport } from "../live/use-start-report";
import { useBoard } from "./board-context";
import { BoardInspector } from "./board-inspector";
import { DownloadDialog } from "./download-dialog";
import { EmptyBoard } from "./empty-board";
import { FilterMenu } from "./filter-menu";
import { focusPrompt, focusShot } from "./focus";
import { GenerateButton } from "./generate-button";
import { KeysDialog } from "./keys-dialog";
import { LaneButton } from "./lane-button";
import { LiveRegion } from "./live-region";
import { NothingShown } from "./nothing-shown";
import { Palette } from "./palette";
import { ProgressLine } from "./progress-line";
import { SectionList } from "./section-list";
import { OpenDialogContext, type ShotDialog } from "./open-dialog";
import { ShotDialogs } from "./shot-dialogs";
import { type ShotAct, ShotGrid } from "./shot-grid";
import { StartNote } from "./start-note";
import { StatusRow } from "./status-row";
import { TopBar } from "./top-bar";
import { useBoardKeys } from "./use-board-keys";
import { useActiveSection, useBoardWindow } from "./use-board-window";
import { useMedia } from "./use-media";
import { useReveal } from "./use-reveal";
import { usePainting } from "./use-painting";
import { useSelection } from "./use-selection";
import { useShots } from "./use-shots";
import { useView } from "./use-view";

interface BoardProps {
  project: Project;
  queue: QueueStatus;
  run: RunState | null;
  isLive: boolean;
  isAsking: boolean;
  isCancelling: boolean;
  initialView: View;
  /** The shot that is selected when the board opens. */
  firstShot: string | null;
  /** What became of its pictures since Shotboard was started. */
  start: InitialReport;
}

/** The frame of the board: bars, sections, shots, inspector. */
export function Board({
  project,
  queue,
  run,
  isLive,
  isAsking,
  isCancelling,
  initialView,
  firstShot,
  start,
}: BoardProps) {
  const { actions } = useBoard();
  const [view, changeView] = useView(initialView);
  const [filter, setFilter] = useState<Filter>("all");
  const [takes, setTakes] = useState(1);
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  const [areKeysShown, setAreKeysShown] = useState(false);
  const [isDownloading, setIsDownloading] = useState(false);
  const [isPaletteShown, setIsPaletteShown] = useState(false);
  const [dialog, setDialog] = useState<ShotDialog | null>(null);
  const isWide = useMedia("(min-width: 1024px)", true);
  const scroller = useRef<HTMLElement>(null);

  const { sentences, numbers, places, counts, shown, order, sizes } = useShots(project, filter);
  const { selection, dispatch } = useSelection(numbers, firstShot);
  const { chosen, current } = selection;
  const boardWindow = useBoardWindow(scroller, sizes, view.size, project.width / project.height);
  const active = useActiveSection(scroller, boardWindow.layout);
  const painting = usePainting(sentences, takes);

  const [goal, setGoal] = useState(() => (firstShot === null ? null : { id: firstShot }));
  useReveal(goal, order, boardWindow);
  const show = (ids: string[], among: Filter) => {
    setFilter(among);
    dispatch({ type: "these", ids });
    setGoal(ids[0] === undefined ? null : { id: ids[0] });
  };
  const showFailed = (ids: string[]) => show(ids, "failed");
  const retry = (sentenceIds: string[]) => {
    // They leave what the filter shows.
    if (filter === "failed") setFilter("all");
    void actions.generate({ sentenceIds, isRetry: true });
  };

  const choose = (id: string, how: Modifiers = {}) => {
    dispatch({ type: "choose", id, how, order });
    if (!isWide && !how.toggle && !how.range) setIsSheetOpen(true);
  };
  const moveTo = (id: string, how: Modifiers = {}) => {
    dispatch({ type: "choose", id, how, order });
    boardWindow.reveal(order.indexOf(id));
    focusShot(id);
  };
  const openInspector = () => (isWide ? changeView({ isInspectorOpen: true }) : setIsSheetOpen(true));
  const edit = (id: string) => {
    if (chosen.size !== 1 || !chosen.has(id)) dispatch({ type: "choose", id, how: {}, order });
    openInspector();
    focusPrompt();
  };
  const closeSheet = () => {
    setIsSheetOpen(false);
    if (current !== null) focusShot(current);
  };
  const act = (what: ShotAct, id: string) => {
    if (what === "show") {
      dispatch({ type: "choose", id, how: {}, order });
      openInspector();
    } else painting.paint([id], what === "retry");
  };
  const jump = useCallback((sectionId: string) => {
    scroller.current
      ?.querySelector(`[data-section-id="${CSS.escape(sectionId)}"]`)
      ?.scrollIntoView({ block: "start" });
  }, []);
  /** To a shot, wherever it is, and whatever the filter shows. */
  const goTo = (id: string) => show([id], order.includes(id) ? filter : "all");
  const openDownload = () => setIsDownloading(sentences.length > 0);
  const commands = useBoardKeys({
    allSections: project.sections,
    sections: shown,
    order,
    selection,
    columns: boardWindow.layout?.columns ?? 1,
    painting,
    sentences,
    isSheetOpen,
    moveTo,
    dispatch,
    edit,
    closeSheet,
    toggleNav: () => changeView({ isNavOpen: !view.isNavOpen }),
    toggleInspector: () =>
      isWide
        ? changeView({ isInspectorOpen: !view.isInspectorOpen })
        : isSheetOpen
          ? closeSheet()
          : setIsSheetOpen(true),
    showKeys: () => setAreKeysShown(true),
    showPalette: () => setIsPaletteShown(true),
    open: setDialog,
    download: openDownload,
  });

  const hasShots = sentences.length > 0;
  const isRunning = run !== null && run.run.endedAt === null;
  const filterMenu = <FilterMenu filter={filter} counts={counts} onFilter={setFilter} />;
  const generate = (className: string) => (
    <GenerateButton
      sentences={sentences}
      chosen={chosen}
      takes={takes}
      isAsking={isAsking}
      onTakes={setTakes}
      onGenerate={(scope) => void actions.generateScope(scope, takes)}
      onKeep={(ids) => void actions.keep(ids)}
      className={className}
    />
  );

  return (
    <OpenDialogContext.Provider value={setDialog}>
      <div
        className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_auto_minmax(0,1fr)] overflow-hidden"
        style={{
          "--tint": tintOf(project.id),
          "--card": `${view.size}px`,
          "--shape": `${project.width} / ${project.height}`,
        }}
      >
        <TopBar
          project={project}
          size={view.size}
          onSize={(size) => changeView({ size })}
          filter={filterMenu}
          lane={<LaneButton queue={queue} isLive={isLive} run={run?.view ?? null} />}
          primary={hasShots && generate("max-sm:hidden")}
          hasShots={hasShots}
          onDownload={openDownload}
        />
        <ProgressLine view={run?.view ?? null} isRunning={isRunning} />
        {queue.isDemo ? <DemoLine className="sm:truncate" /> : <div />}
        {!hasShots ? (
          <EmptyBoard />
        ) : (
          <div className="flex min-h-0">
            <SectionList
              sections={project.sections}
              active={shown[active]?.id ?? null}
              isOpen={view.isNavOpen}
              onToggle={() => changeView({ isNavOpen: !view.isNavOpen })}
              onJump={(sectionId) => {
                setFilter("all");
                requestAnimationFrame(() => jump(sectionId));
              }}
            />
            <div className="flex min-w-0 flex-1 flex-col">
              <StartNote
                initial={start}
                sentences={sentences}
                openShots={counts.open}
                isLive={isLive}
                scroller={scroller}
                onShowFailed={showFailed}
                onShow={(ids) => show(ids, "all")}
                onRetry={retry}
              />
              <div className="flex h-11 shrink-0 items-center gap-3 border-b border-line px-4">
                <div className="min-w-0 flex-1">
                  <StatusRow
                    sentences={sentences}
                    onShowFailed={showFailed}
                    onRetry={retry}
                    counts={counts}
                    run={run}
                    chosenCount={chosen.size}
                    queue={queue}
                    isLive={isLive}
                    isCancelling={isCancelling}
                  />
                </div>
                <div className="lg:hidden">{filterMenu}</div>
              </div>
              <main
                ref={scroller}
                className="relative min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable]"
              >
                {order.length === 0 && filter !== "all" ? (
                  <NothingShown filter={filter} onShowAll={() => setFilter("all")} />
                ) : (
                  <ShotGrid
                    boardWindow={boardWindow}
                    sections={shown}
                    numbers={numbers}
                    chosen={chosen}
                    current={current}
                    places={places}
                    sizes={pictureSizes(view.size)}
                    onChoose={choose}
                    onOpen={(id) => {
                      choose(id);
                      openInspector();
                    }}
                    onEdit={edit}
                    onAct={act}
                    onChooseNone={() => dispatch({ type: "none" })}
                    onChooseSection={(section) =>
                      dispatch({ type: "these", ids: section.sentences.map((one) => one.id) })
                    }
                  />
                )}
              </main>
              <div className="border-t border-line bg-raised p-2 sm:hidden">{generate("w-full")}</div>
            </div>
            <BoardInspector
              project={project}
              sentences={sentences}
              counts={counts}
              selection={selection}
              places={places}
              numbers={numbers}
              painting={painting}
              onDownload={openDownload}
              isWide={isWide}
              isOpen={isWide ? view.isInspectorOpen : isSheetOpen}
              onClose={closeSheet}
              onStep={(by) => {
                const index = current === null ? -1 : order.indexOf(current);
                const next = order[index + by];
                if (next !== undefined) moveTo(next);
              }}
            />
          </div>
        )}
        <LiveRegion view={run?.view ?? null} />
        {isDownloading && (
          <DownloadDialog
            project={project}
            chosen={chosen}
            active={shown[active]?.id ?? null}
            onClose={() => setIsDownloading(false)}
          />
        )}
        {areKeysShown && <KeysDialog commands={commands} onClose={() => setAreKeysShown(false)} />}
        {isPaletteShown && (
          <Palette
            commands={commands}
            sections={project.sections}
            sentences={sentences}
            onSection={jump}
            onShot={goTo}
            onClose={() => setIsPaletteShown(false)}
          />
        )}
        <ShotDialogs
          project={project}
          shown={dialog}
          chosen={sentences.filter((one) => chosen.has(one.id))}
          onShot={goTo}
          onClose={() => setDialog(null)}
        />
      </div>
    </OpenDialogContext.Provider>
  );
}
