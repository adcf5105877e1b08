import { n } from "./canvas";
import { mix, type Color } from "./color";
import { atDistance, type Scene } from "./scene";
import { placed } from "./vessels";

export type Pose = "stand" | "walk" | "carry" | "lantern";

/** A person in a coat, seen from some way off: mostly a silhouette with an edge of light. `y` is the ground. */
export function paintFigure(scene: Scene, wish: { x: number; y: number; height: number; pose: Pose; distance: number; body?: Color }): void {
  const { canvas, light, sun } = scene;
  const dice = scene.dice.fork(`figure ${wish.x}`);
  const body = wish.body ?? atDistance(scene, mix(light.near, { l: 0.3, c: 0.05, h: 250 }, 0.12), wish.distance);
  const rim = mix(body, light.sun, light.isDark ? 0.3 : 0.5);
  const scale = wish.height / 200;
  const lightFrom = sun.x > wish.x ? 1 : -1;
  canvas.glow(wish.x, wish.y, wish.height * 0.34, light.near, 0.45, 0.12);
  placed(scene, wish.x, wish.y, scale, lightFrom < 0, () => {
    if (wish.pose === "lantern") canvas.glow(56, -74, 190, light.lamp, 0.85);
    const step = wish.pose === "walk" ? dice.range(9, 15) : 5;
    canvas.shape(`M-13 -70L${n(-10 - step)} -2h${n(15)}L1 -66zM-1 -66L${n(step - 3)} -2h${n(16)}L15 -70z`, body);
    const hem = dice.range(-52, -44);
    const coat = `M-17 -158C-27 -152 -29 -140 -30 -120C-31 -98 -28 -70 -29 ${n(hem)}Q0 ${n(hem + 9)} 29 ${n(hem)}C28 -72 30 -98 29 -120C28 -140 27 -152 17 -158Q0 -166 -17 -158z`;
    canvas.shape(coat, body);
    if (wish.pose === "lantern") canvas.line("M22 -146Q44 -128 54 -104", body, 13);
    else if (wish.pose === "carry") canvas.line("M22 -146L40 -172M-22 -146L-36 -172", body, 13);
    else canvas.line("M-26 -146Q-38 -118 -34 -88M26 -146Q38 -118 33 -88", body, 12);
    canvas.shape("M-15 -181C-17 -200 17 -200 15 -181C15 -168 8 -160 0 -160C-8 -160 -15 -168 -15 -181z", body);
    if (dice.chance(0.5)) canvas.shape("M-19 -184Q0 -190 19 -184Q15 -206 0 -206Q-15 -206 -19 -184z", mix(body, light.near, 0.4));
    canvas.line(`M17 -157C26 -151 28 -140 29 -120C30 -98 27 -72 28 ${n(hem)}M14 -190Q17 -178 9 -165`, rim, 2.6, 0.75);
    if (wish.pose === "carry") canvas.shape("M-50 -172h100v-40h-100z", mix(body, light.haze, 0.25));
    if (wish.pose === "lantern") {
      canvas.line("M54 -104V-96", body, 3);
      canvas.shape("M46 -96h16l4 34h-24z", mix(light.lamp, light.sun, 0.3));
      canvas.line("M46 -96h16M42 -62h24M50 -96l-3 34M58 -96l3 34", body, 3);
    }
  });
}
