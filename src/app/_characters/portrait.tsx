import type { Character } from "@/lib/schemas/character";
import { cx } from "../_ui/class-names";
import { thumbnail } from "../_ui/media-url";
import { KindIcon } from "./kind-icon";

/** A character's main picture, or what stands for it. */
export function Portrait({ character, className }: { character: Character; className: string }) {
  const image = character.images.find((one) => one.isMain) ?? character.images[0];
  return image ? (
    <img
      src={thumbnail(image.url, 320)}
      alt=""
      loading="lazy"
      className={cx("shrink-0 object-cover", className)}
    />
  ) : (
    <span
      className={cx("grid shrink-0 place-items-center bg-edge text-muted", className)}
      title={`${character.name} has no reference picture`}
    >
      <KindIcon kind={character.kind} size={14} />
    </span>
  );
}
