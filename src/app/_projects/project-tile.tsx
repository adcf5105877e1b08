"use client";
import { Copy, MoreHorizontal, Settings2, Trash2 } from "lucide-react";
import Link from "next/link";
import type { ProjectCard } from "@/lib/schemas/project";
import { IconButton } from "../_ui/button";
import { cx } from "../_ui/class-names";
import { thumbnail } from "../_ui/media-url";
import { Menu, MenuItem, MenuLine } from "../_ui/menu";
import { tintOf } from "../_ui/tint";
import { tileFacts } from "./tile-facts";

export type TileAct = "settings" | "duplicate" | "delete";

/** A project as a card: its first pictures, its name, how far it is. */
export function ProjectTile({ card, onAct }: { card: ProjectCard; onAct: (act: TileAct) => void }) {
  const { progress, facts } = tileFacts(card);
  return (
    <li className="group relative">
      <Link
        href={`/projects/${card.id}`}
        className="block rounded focus-visible:outline-offset-4"
        style={{ "--tint": tintOf(card.id) }}
      >
        <Strip urls={card.pictureUrls} />
        <span className="mt-2.5 block truncate pr-9 text-lead font-medium">{card.name}</span>
        <span className="block truncate text-meta text-muted">
          {facts.map((fact, index) => (
            <span key={fact.text} className={fact.tone}>
              {index > 0 && <span className="text-muted"> · </span>}
              {fact.text}
            </span>
          ))}
        </span>
        <span className="mt-2 block h-0.5 overflow-hidden rounded-full bg-line">
          <span
            className={cx("block h-full", progress === 1 ? "bg-good" : "bg-accent")}
            style={{ width: `${progress * 100}%` }}
          />
        </span>
      </Link>
      <div className="absolute right-0 bottom-6">
        <Menu
          trigger={
            <IconButton label={`More for ${card.name}`}>
              <MoreHorizontal size={16} />
            </IconButton>
          }
        >
          <MenuItem icon={<Settings2 size={14} aria-hidden />} onSelect={() => onAct("settings")}>
            Rename, model, style, size…
          </MenuItem>
          <MenuItem icon={<Copy size={14} aria-hidden />} onSelect={() => onAct("duplicate")}>
            Duplicate…
          </MenuItem>
          <MenuLine />
          <MenuItem icon={<Trash2 size={14} aria-hidden />} onSelect={() => onAct("delete")}>
            Delete…
          </MenuItem>
        </Menu>
      </div>
    </li>
  );
}

/** Up to four pictures: one large, the others beside it. */
function Strip({ urls }: { urls: readonly string[] }) {
  const [first, ...others] = urls;
  return (
    <span className="unpainted grid aspect-[1920/1088] grid-cols-[3fr_1fr] grid-rows-1 gap-0.5 overflow-hidden rounded transition-[filter] duration-150 group-hover:brightness-110">
      {first && <Picture url={first} width={640} className={others.length === 0 ? "col-span-2" : ""} />}
      {others.length > 0 && (
        <span className="grid min-h-0 auto-rows-fr gap-0.5">
          {others.map((url) => (
            <Picture key={url} url={url} width={320} className="" />
          ))}
        </span>
      )}
    </span>
  );
}

function Picture({ url, width, className }: { url: string; width: 320 | 640; className: string }) {
  return (
    <img
      src={thumbnail(url, width)}
      alt=""
      loading="lazy"
      decoding="async"
      className={cx("size-full min-h-0 object-cover", className)}
    />
  );
}
