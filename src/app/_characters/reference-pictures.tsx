"use client";
import { ArrowLeft, ArrowRight, MoreHorizontal, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Character } from "@/lib/schemas/character";
import { IconButton } from "../_ui/button";
import { cx } from "../_ui/class-names";
import { thumbnail } from "../_ui/media-url";
import { Menu, MenuItem, MenuLine } from "../_ui/menu";

type Image = Character["images"][number];

interface ReferencePicturesProps {
  name: string;
  images: readonly Image[];
  onMain: (imageId: string) => void;
  onReorder: (imageIds: string[]) => void;
  onDelete: (image: Image) => void;
}

/** A character's pictures: the main one large, the others in their order under it. */
export function ReferencePictures({ name, images, onMain, onReorder, onDelete }: ReferencePicturesProps) {
  const [dragged, setDragged] = useState<string | null>(null);
  const main = images.find((one) => one.isMain) ?? images[0];
  if (!main) return null;
  const others = images.filter((one) => one !== main);
  const move = (id: string, to: number) => {
    const ids = others.map((one) => one.id).filter((one) => one !== id);
    onReorder([main.id, ...ids.toSpliced(to, 0, id)]);
  };
  const menu = (image: Image, index: number | null) => (
    <Menu
      trigger={
        <IconButton
          label={image === main ? "More for the main picture" : `More for picture ${(index ?? 0) + 2}`}
          className="absolute top-1 right-1 size-7! bg-veil"
        >
          <MoreHorizontal size={14} />
        </IconButton>
      }
    >
      {index !== null && (
        <>
          <MenuItem icon={<Star size={14} aria-hidden />} onSelect={() => onMain(image.id)}>
            Make it the main one
          </MenuItem>
          <MenuItem
            icon={<ArrowLeft size={14} aria-hidden />}
            disabled={index === 0}
            onSelect={() => move(image.id, index - 1)}
          >
            Move left
          </MenuItem>
          <MenuItem
            icon={<ArrowRight size={14} aria-hidden />}
            disabled={index === others.length - 1}
            onSelect={() => move(image.id, index + 1)}
          >
            Move right
          </MenuItem>
          <MenuLine />
        </>
      )}
      <MenuItem icon={<Trash2 size={14} aria-hidden />} onSelect={() => onDelete(image)}>
        Delete…
      </MenuItem>
    </Menu>
  );
  return (
    <div className="space-y-3">
      <figure className="space-y-1.5">
        <div className="relative">
          <img
            src={thumbnail(main.url, 640)}
            alt={`${name}, the main one`}
            className="aspect-[4/3] w-full rounded bg-raised object-contain"
          />
          {menu(main, null)}
        </div>
        <figcaption className="text-meta text-muted">
          The main picture, {main.width.toLocaleString("en")} × {main.height.toLocaleString("en")}: the one
          that is sent along with a shot’s prompt.
        </figcaption>
      </figure>
      {others.length > 0 && (
        <ul
          className="grid grid-cols-[repeat(auto-fill,minmax(96px,1fr))] gap-2"
          aria-label="Further pictures"
        >
          {others.map((image, index) => (
            <li key={image.id}>
              <div
                draggable
                onDragStart={() => setDragged(image.id)}
                onDragEnd={() => setDragged(null)}
                onDragOver={(event) => dragged !== null && event.preventDefault()}
                onDrop={(event) => {
                  if (dragged === null) return;
                  event.preventDefault();
                  event.stopPropagation();
                  move(dragged, index);
                }}
                className={cx("relative", dragged === image.id && "opacity-50")}
              >
                <img
                  src={thumbnail(image.url, 320)}
                  alt={`${name}, number ${index + 2}`}
                  loading="lazy"
                  className="aspect-square w-full rounded bg-raised object-cover"
                />
                {menu(image, index)}
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
