"use client";
import { Settings2, UsersRound } from "lucide-react";
import { useState } from "react";
import type { Project } from "@/lib/schemas/project";
import { SettingsDialog } from "../../../_projects/settings-dialog";
import { Button } from "../../../_ui/button";
import { Key } from "../../../_ui/key";
import { counted } from "../../../_ui/wording";
import { useBoard } from "../board/board-context";
import type { Counts } from "../model/filter";

const HINTS: [string, string][] = [
  ["G", "generate what is missing"],
  ["E", "edit a shot’s image prompt"],
  ["R", "paint a shot again"],
  ["L", "lock a shot’s picture"],
  ["?", "all keys"],
];

/** The project at a glance, while no shot is selected. */
export function Overview({ project, counts }: { project: Project; counts: Counts }) {
  const { cast, openCast } = useBoard();
  const [isSettingUp, setIsSettingUp] = useState(false);
  const facts: [string, string][] = [
    ["Shots", `${counts.shots.toLocaleString("en")} in ${counted(project.sections.length, "section")}`],
    ["Pictures", `${counts.pictures.toLocaleString("en")}, ${project.width} × ${project.height}`],
    ["Changed", counts.dirty === 0 ? "none" : counts.dirty.toLocaleString("en")],
    ["Failed", counts.failed === 0 ? "none" : counts.failed.toLocaleString("en")],
    ["Cast", cast.length === 0 ? "nobody yet" : cast.map((one) => one.name).join(", ")],
  ];
  return (
    <div className="space-y-6 px-4 pb-8">
      <div>
        <header className="flex h-12 items-center">
          <h2 className="font-semibold">This project</h2>
        </header>
        <dl className="grid grid-cols-[72px_1fr] gap-x-3 gap-y-1.5">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="text-soft">{value}</dd>
            </div>
          ))}
        </dl>
        <div className="mt-3 flex flex-wrap gap-2">
          <Button onClick={() => setIsSettingUp(true)}>
            <Settings2 size={14} aria-hidden /> Model, style, size…
          </Button>
          <Button onClick={openCast}>
            <UsersRound size={14} aria-hidden /> Cast <Key>C</Key>
          </Button>
        </div>
        {isSettingUp && <SettingsDialog project={project} onClose={() => setIsSettingUp(false)} />}
      </div>
      <div>
        <p className="mb-2 text-muted">Select a shot to see and change what it is made from.</p>
        <dl className="space-y-1.5">
          {HINTS.map(([key, words]) => (
            <div key={key} className="flex items-center gap-3">
              <dt>
                <Key>{key}</Key>
              </dt>
              <dd className="text-soft">{words}</dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}
