import { n } from "./canvas";
import { mix, shade, type Color } from "./color";
import { atDistance, type Scene } from "./scene";
import { placed } from "./vessels";

/** A church with a pointed tower, 300 high. */
export function paintChurch(scene: Scene, x: number, y: number, scale: number): void {
  const { canvas, light, sun } = scene;
  const wall = atDistance(
    scene,
    mix({ l: 0.88, c: 0.02, h: 80 }, light.near, light.isDark ? 0.75 : 0.1),
    0.28,
  );
  const roof = atDistance(
    scene,
    mix(light.near, { l: 0.38, c: 0.05, h: 40 }, light.isDark ? 0.1 : 0.3),
    0.25,
  );
  placed(scene, x, y, scale, sun.x < x, () => {
    canvas.shape("M-170 0V-86H40V0z", wall);
    canvas.shape("M-184 -84L-150 -150H30L46 -84z", roof);
    canvas.shape("M20 0V-180H88V0z", wall);
    canvas.shape("M20 0V-180H44V0zM-170 0V-86H-140V0z", shade(wall, -0.09), { opacity: 0.6, outline: false });
    canvas.shape("M12 -178L54 -330L96 -178z", roof);
    canvas.line("M54 -330V-362M44 -350H64", roof, 4);
    const glass = light.isDark ? light.lamp : mix(light.near, light.skyMid, 0.25);
    canvas.shape(
      "M-136 -20v-34q8 -14 16 0v34zM-96 -20v-34q8 -14 16 0v34zM-56 -20v-34q8 -14 16 0v34zM-16 -20v-34q8 -14 16 0v34zM46 -120v-26q8 -14 16 0v26zM44 0v-36q10 -16 20 0v36z",
      glass,
      { outline: false },
    );
  });
}

/** A castle on a crag, 420 high with its rock. */
export function paintCastle(scene: Scene, x: number, y: number, scale: number): void {
  const { canvas, light, sun } = scene;
  const stone: Color = atDistance(
    scene,
    mix({ l: 0.6, c: 0.03, h: 75 }, light.near, light.isDark ? 0.8 : 0.25),
    0.36,
  );
  const rock = atDistance(scene, mix(light.near, light.land, 0.3), 0.34);
  const towers = (d: string, body: Color) => canvas.shape(d, body);
  placed(scene, x, y, scale, sun.x < x, () => {
    const battlement = (left: number, right: number, top: number, bottom: number) => {
      const count = Math.max(3, Math.round((right - left) / 16));
      const w = (right - left) / (count * 2 - 1);
      let d = `M${n(left)} ${n(bottom)}V${n(top)}`;
      for (let i = 0; i < count; i += 1) d += `h${n(w)}${i < count - 1 ? `v10h${n(w)}v-10` : ""}`;
      return `${d}V${n(bottom)}z`;
    };
    towers(battlement(-40, 44, -400, -150), stone);
    towers(battlement(-150, 160, -262, -120), shade(stone, -0.02));
    towers(battlement(-176, -116, -322, -110), stone);
    towers(battlement(112, 174, -306, -100), stone);
    canvas.shape(
      "M-40 -150V-400h26v250zM-176 -110V-322h18v212zM112 -100V-306h18v206z",
      mix(stone, light.near, 0.45),
      { opacity: 0.6, outline: false },
    );
    canvas.shape("M-60 -396L2 -486L64 -396zM-186 -320L-146 -384L-106 -320z", mix(stone, light.near, 0.6));
    const slits =
      "M-4 -350h9v26h-9zM-4 -290h9v26h-9zM-90 -220h9v20h-9zM60 -220h9v20h-9zM-150 -280h8v20h-8zM140 -260h8v20h-8zM-18 -120v-34q18 -26 36 0v34z";
    canvas.shape(slits, light.isDark ? light.lamp : mix(light.near, stone, 0.2), { outline: false });
    canvas.shape(
      "M-360 70L-270 -40L-210 -70L-176 -128L-96 -136L40 -150L150 -128L188 -96L240 -60L300 10L390 80z",
      canvas.linear([
        [0, mix(rock, light.sun, light.isDark ? 0.05 : 0.16)],
        [1, mix(rock, light.haze, 0.3)],
      ]),
    );
    canvas.shape(
      "M-176 -128L-96 -136L-130 -40L-190 30zM40 -150L150 -128L100 -20L20 40zM188 -96L240 -60L220 20z",
      mix(rock, light.near, 0.5),
      { opacity: 0.5, outline: false },
    );
  });
}
