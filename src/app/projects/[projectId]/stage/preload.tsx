import type { Sentence } from "@/lib/schemas/sentence";
import { thumbnail, thumbnails } from "../../../_ui/media-url";

/** Loads pictures ahead, at the size of the stage, so that turning over shows them at once. */
export function Preload({ sentences }: { sentences: readonly Sentence[] }) {
  return (
    <div hidden>
      {sentences.map(
        ({ id, imageUrl }) =>
          imageUrl && (
            <link
              key={id}
              rel="preload"
              as="image"
              href={thumbnail(imageUrl, 1280)}
              imageSrcSet={thumbnails(imageUrl)}
              imageSizes="100vw"
            />
          ),
      )}
    </div>
  );
}
