"use client";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import type { Project } from "@/lib/schemas/project";
import type { QueueStatus } from "@/lib/schemas/queue";
import { DemoLine } from "../../../_ui/demo-line";
import { tintOf } from "../../../_ui/tint";
import type { BoardAddress } from "../model/board-address";
import { ALL_SHOTS, isFiltering } from "../model/filter";
import { primaryScope } from "../model/scopes";
import { pictureSizes, type View } from "../model/view";
import type { RunState } from "../live/run-store";
import type { InitialReport } from "../live/use-start-report";
import { type BoardDialog, useActs } from "./board-acts";
import { useBoard } from "./board-context";
import { BoardDialogs } from "./board-dialogs";
import { BoardProviders } from "./board-providers";
import { BoardInspector } from "./board-inspector";
import { EmptyBoard } from "./empty-board";
import { FindRow } from "./find-row";
import { focusSearch, jumpTo } from "./focus";
import { GenerateButton } from "./generate-button";
import { LaneButton } from "./lane-button";
import { LiveRegion } from "./live-region";
import { NothingShown } from "./nothing-shown";
import { ProgressLine } from "./progress-line";
import { SectionList } from "./section-list";
import { seenShot } from "./seen-shot";
import { ShotGrid } from "./shot-grid";
import { type OpenStage, Stages } from "../stage/stages";
import { StartNote } from "./start-note";
import { StatusRow } from "./status-row";
import { TopBar } from "./top-bar";
import { useAddress } from "./use-address";
import { useBoardKeys } from "./use-board-keys";
import { useActiveSection, useBoardWindow } from "./use-board-window";
import { useHands } from "./use-hands";
import { useInspector } from "./use-inspector";
import { usePainting } from "./use-painting";
import { useShownShots } from "./use-shown-shots";
import { useView } from "./use-view";
import { useWays } from "./use-ways";

interface BoardProps {
  project: Project;
  queue: QueueStatus;
  run: RunState | null;
  isLive: boolean;
  isAsking: boolean;
  initialView: View;
  /** What the address says: what is shown and selected when the board opens. */
  address: BoardAddress;
  /** What became of its pictures since Shotboard was started. */
  start: InitialReport;
}

/** The frame of the board: bars, sections, shots, inspector. */
export function Board({ project, queue, run, isLive, isAsking, initialView, address, start }: BoardProps) {
  const { actions } = useBoard();
  const [view, changeView] = useView(initialView);
  const [takes, setTakes] = useState(1);
  const [dialog, setDialog] = useState<BoardDialog | null>(null);
  const [stage, setStage] = useState<OpenStage | null>(null);
  const scroller = useRef<HTMLElement>(null);

  const shots = useShownShots(project, address);
  const { sentences, numbers, places, counts, shown, order, sizes } = shots;
  const { filter, setFilter, found, whole, selection, dispatch } = shots;
  const { chosen, current } = selection;
  // The choice is seen at once, what the inspector says of it a moment later.
  const inspected = useDeferredValue(whole.chosen.size === 1 ? whole : selection);
  useAddress({ layout: view.layout, filter: found, shots: [...whole.chosen] });
  const isTable = view.layout === "table";
  const boardWindow = useBoardWindow(
    scroller,
    sizes,
    isTable ? null : view.size,
    project.width / project.height,
  );
  const active = useActiveSection(scroller, boardWindow.layout);
  const painting = usePainting(sentences, takes);

  const { showFailed, showAll, reveal, goTo, retry } = useWays(shots, boardWindow, address.shots[0]);
  const inspector = useInspector(view, changeView, current);
  const { choose, moveTo, edit, act } = useHands({
    selection,
    dispatch,
    order,
    boardWindow,
    painting,
    openInspector: inspector.open,
    onChosen: inspector.openSheet,
  });
  // What is looked at stays in view.
  const changeLayout = (layout: typeof view.layout) => {
    const seen = scroller.current && seenShot(scroller.current, current);
    changeView({ layout });
    if (seen !== null) reveal(seen);
  };
  const acts = useActs(setDialog, setStage, dispatch);
  const commands = useBoardKeys({
    allSections: project.sections,
    sections: shown,
    order,
    selection,
    columns: boardWindow.layout?.columns ?? 1,
    painting,
    sentences,
    isSheetOpen: inspector.isSheetOpen,
    moveTo,
    dispatch,
    edit,
    closeSheet: inspector.closeSheet,
    toggleNav: () => changeView({ isNavOpen: !view.isNavOpen }),
    toggleInspector: inspector.toggle,
    open: setDialog,
    stage: setStage,
    toggleLayout: () => changeLayout(isTable ? "grid" : "table"),
    search: focusSearch,
  });

  const scope = useMemo(() => primaryScope(sentences, chosen), [sentences, chosen]);
  const hasShots = sentences.length > 0;
  const generate = (className: string) => (
    <GenerateButton
      scope={scope}
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
    <BoardProviders modelId={project.modelId} styleId={project.styleId} searched={found.text} acts={acts}>
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
          view={view}
          onSize={(size) => changeView({ size })}
          onLayout={changeLayout}
          lane={<LaneButton queue={queue} isLive={isLive} run={run?.view ?? null} />}
          primary={hasShots && generate("max-sm:hidden")}
          hasShots={hasShots}
        />
        <ProgressLine view={run?.view ?? null} isRunning={run?.run.endedAt === null} />
        {queue.isDemo ? <DemoLine className="truncate" /> : <div />}
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
                // A filter stays as long as it shows something of that section.
                if (!shown.some((section) => section.id === sectionId)) setFilter(ALL_SHOTS);
                requestAnimationFrame(() => jumpTo(sectionId));
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
                onShow={showAll}
                onRetry={retry}
              />
              <FindRow
                sections={project.sections}
                filter={filter}
                onFilter={setFilter}
                shown={order.length}
                total={sentences.length}
                onLeave={() => order[0] !== undefined && moveTo(order[0])}
              >
                <StatusRow
                  sentences={sentences}
                  onShowFailed={showFailed}
                  onRetry={retry}
                  counts={counts}
                  run={run}
                  scope={scope}
                  takes={takes}
                  chosenCount={chosen.size}
                  hiddenCount={whole.chosen.size - chosen.size}
                  queue={queue}
                  isLive={isLive}
                />
              </FindRow>
              <main
                ref={scroller}
                className="relative min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable]"
              >
                {order.length === 0 && isFiltering(found) ? (
                  <NothingShown filter={found} onShowAll={() => setFilter(ALL_SHOTS)} />
                ) : (
                  <ShotGrid
                    isTable={isTable}
                    scroller={scroller}
                    layout={boardWindow.layout}
                    sections={shown}
                    numbers={numbers}
                    chosen={chosen}
                    current={current}
                    places={places}
                    sizes={pictureSizes(view)}
                    onChoose={choose}
                    onOpen={(id) => {
                      choose(id);
                      inspector.open();
                    }}
                    onEdit={edit}
                    onAct={act}
                    painting={painting}
                    onChooseNone={() => dispatch({ type: "none" })}
                  />
                )}
              </main>
              <div className="border-t border-line bg-raised p-2 sm:hidden">{generate("w-full")}</div>
            </div>
            <BoardInspector
              project={project}
              sentences={sentences}
              counts={counts}
              selection={inspected}
              places={places}
              numbers={numbers}
              painting={painting}
              tab={inspector.tab}
              onTab={inspector.setTab}
              isWide={inspector.isWide}
              isOpen={inspector.isOpen}
              onClose={inspector.closeSheet}
              onStep={(by) => {
                const index = current === null ? -1 : order.indexOf(current);
                const next = order[index + by];
                if (next !== undefined) moveTo(next);
              }}
            />
          </div>
        )}
        <LiveRegion view={run?.view ?? null} />
        <Stages
          open={stage}
          onOpen={setStage}
          project={project}
          sentences={sentences}
          order={order}
          chosen={chosen}
          active={shown[active]?.id ?? null}
          numbers={numbers}
          places={places}
          painting={painting}
          onShot={goTo}
          onShow={showAll}
        />
        <BoardDialogs
          project={project}
          shown={dialog}
          sentences={sentences}
          chosenIds={chosen}
          active={shown[active]?.id ?? null}
          commands={commands}
          onShot={goTo}
          onClose={() => setDialog(null)}
        />
      </div>
    </BoardProviders>
  );
}
