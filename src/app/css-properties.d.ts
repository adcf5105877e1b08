import "react";

declare module "react" {
  interface CSSProperties {
    /** Hue of a project's unpainted shots, in degrees. */
    "--tint"?: number;
    /** Least width of a shot on the board. */
    "--card"?: string;
    /** Shape of a picture, as an aspect ratio. */
    "--shape"?: string;
  }
}
