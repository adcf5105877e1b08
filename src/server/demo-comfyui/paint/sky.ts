import { n } from "./canvas";
import { color, mix, shade } from "./color";
import { paintClouds } from "./clouds";
import { has, type Scene } from "./scene";

/** The sky down to the horizon: air, sun or moon, stars, clouds. */
export function paintSky(scene: Scene): void {
  const { canvas, light, width, horizon } = scene;
  const dice = scene.dice.fork("sky");
  const air = canvas.linear([
    [0, light.skyTop],
    [0.5, light.skyMid],
    [0.92, light.skyLow],
    [1, light.haze],
  ]);
  canvas.shape(`M0 0H${n(width)}V${n(horizon + 4)}H0z`, air, { outline: false });
  if (light.hour === "night" || has(scene, "stars")) paintStars(scene);
  paintSun(scene);

  const stormy = light.hour === "storm";
  if (light.hour === "night") {
    const dark = mix(light.skyTop, light.skyMid, 0.6);
    if (dice.chance(0.6) && !has(scene, "stars")) {
      paintClouds(scene, {
        cover: dice.range(0.25, 0.5),
        stretch: 3,
        crispness: 0.25,
        opacity: 0.75,
        top: horizon * 0.15,
        bottom: horizon,
        lit: shade(light.skyLow, 0.06),
        dark,
      });
    }
    return;
  }
  if (light.hour === "fog") {
    paintClouds(scene, {
      cover: 0.85,
      stretch: 3.5,
      crispness: 0.04,
      opacity: 0.5,
      top: 0,
      bottom: horizon,
      lit: shade(light.skyLow, 0.05),
      dark: shade(light.skyMid, -0.05),
    });
    return;
  }
  const lit = mix(light.sun, light.skyLow, stormy ? 0.45 : 0.22);
  const dark = stormy
    ? shade(light.skyTop, -0.08)
    : mix(light.skyTop, light.skyMid, light.hour === "day" || light.hour === "winter" ? 0.7 : 0.45);
  if (stormy) {
    paintClouds(scene, {
      cover: 0.95,
      stretch: 2.4,
      crispness: 0.18,
      opacity: 0.95,
      top: -40,
      bottom: horizon * 0.98,
      lit,
      dark,
    });
    return;
  }
  const kinds = dice.pick(["high", "heaped", "both", "clear"]);
  if (kinds === "high" || kinds === "both") {
    paintClouds(scene, {
      cover: dice.range(0.42, 0.6),
      stretch: 5,
      crispness: 0.1,
      opacity: 0.62,
      top: -60,
      bottom: horizon * 0.62,
      lit,
      dark: mix(dark, lit, 0.45),
    });
  }
  if (kinds !== "high" || light.isDark) {
    paintClouds(scene, {
      cover: kinds === "clear" ? 0.3 : dice.range(0.4, 0.66),
      stretch: 2.1,
      crispness: 0.42,
      opacity: 0.92,
      top: horizon * 0.12,
      bottom: horizon * 1.06,
      lit,
      dark,
    });
  }
}

function paintSun(scene: Scene): void {
  const { canvas, light, width, horizon, sun } = scene;
  const night = light.hour === "night";
  const veiled = light.hour === "storm" || light.hour === "fog";
  const reach = Math.max(width * 0.5, horizon);
  canvas.glow(
    sun.x,
    sun.y,
    reach,
    night ? mix(light.skyLow, light.sun, 0.4) : mix(light.sun, light.skyLow, 0.25),
    night ? 0.42 : veiled ? 0.5 : 0.7,
  );
  canvas.glow(sun.x, sun.y, reach * 0.36, light.sun, night ? 0.5 : veiled ? 0.45 : 0.85);
  if (veiled && light.hour === "storm") return;
  const radius = night ? 30 : light.hour === "dusk" || light.hour === "golden" ? 40 : 30;
  canvas.disc(sun.x, sun.y, radius, light.sun, veiled ? 0.75 : 1);
  if (!night) return;
  // Seas of the moon.
  const grey = mix(light.sun, light.skyMid, 0.3);
  for (const [dx, dy, r] of [
    [-0.3, -0.2, 0.28],
    [0.25, 0.1, 0.2],
    [-0.05, 0.4, 0.22],
  ] as const) {
    canvas.disc(sun.x + dx * radius, sun.y + dy * radius, r * radius, grey, 0.5);
  }
}

function paintStars(scene: Scene): void {
  const { canvas, light, width, horizon } = scene;
  const dice = scene.dice.fork("stars");
  const white = color(0.97, 0.02, 240);
  if (has(scene, "stars", "space", "moon") || dice.chance(0.5)) {
    paintClouds(scene, {
      cover: 0.72,
      stretch: 0.9,
      crispness: 0.08,
      opacity: 0.42,
      top: -horizon * 0.2,
      bottom: horizon,
      lit: mix(light.skyLow, color(0.7, 0.09, 330), 0.35),
      dark: light.skyMid,
    });
  }
  const count = has(scene, "stars", "space") ? 420 : 170;
  for (let i = 0; i < count; i += 1) {
    const y = horizon * dice.next() ** 1.3;
    const bright = dice.next() ** 5;
    canvas.disc(
      dice.range(0, width),
      y,
      0.7 + bright * 2.2,
      white,
      (0.25 + bright * 0.75) * (1 - (y / horizon) ** 3),
    );
  }
}
