import { n } from "./canvas";
import { mix, shade, type Color } from "./color";
import { atDistance, type Scene } from "./scene";

/** Draws something at a place and size of its own; `mirror` turns it to the other side. */
export function placed(
  scene: Scene,
  x: number,
  y: number,
  scale: number,
  mirror: boolean,
  draw: () => void,
): void {
  scene.canvas.group(
    `transform="translate(${n(x)} ${n(y)}) scale(${(mirror ? -scale : scale).toFixed(3)} ${scale.toFixed(3)})"`,
    draw,
  );
}

/** A soft, flat image of something dark in the water below it. */
function reflection(scene: Scene, width: number, height: number, body: Color): void {
  const { canvas } = scene;
  const paint = canvas.linear([
    [0, body, 0.5],
    [1, body, 0],
  ]);
  canvas.add(
    `<path d="M${n(-width / 2)} 0h${n(width)}l${n(-width * 0.12)} ${n(height)}h${n(-width * 0.76)}z" fill="${paint.url}"/>`,
  );
}

/** A rowing boat with somebody in it, 200 wide. */
export function paintRowboat(scene: Scene, x: number, y: number, scale: number, mirror: boolean): void {
  const { canvas, light } = scene;
  const body = atDistance(scene, light.near, Math.max(0, 0.5 - scale / 2));
  const wood = mix(body, light.sun, light.isDark ? 0.12 : 0.25);
  placed(scene, x, y, scale, mirror, () => {
    reflection(scene, 190, 46, body);
    canvas.line("M-20 -30L-74 6M14 -30L66 8", body, 3.5);
    canvas.shape("M-12 -14C-16 -40 -12 -62 6 -66C22 -64 26 -40 24 -14z", body);
    canvas.disc(7, -77, 12.5, body);
    canvas.shape("M-8 -80q14 -16 30 0z", body);
    canvas.line("M6 -52Q-6 -38 -20 -32M12 -50Q16 -38 16 -30", body, 8);
    canvas.shape("M-102 -22Q0 -4 104 -28Q92 4 56 10H-62Q-92 2 -102 -22z", body);
    canvas.shape("M-102 -22Q0 -4 104 -28L102 -22Q0 2 -100 -16z", wood, { outline: false });
  });
}

/** A boat under sail, 220 high. */
export function paintSailboat(scene: Scene, x: number, y: number, scale: number, mirror: boolean): void {
  const { canvas, light } = scene;
  const body = atDistance(scene, light.near, Math.max(0, 0.7 - scale));
  const cloth = mix(light.sun, light.haze, 0.3);
  const dim = light.isDark ? mix(cloth, light.near, 0.55) : cloth;
  placed(scene, x, y, scale, mirror, () => {
    reflection(scene, 120, 90, body);
    canvas.line("M0 0V-218", body, 4);
    canvas.shape("M6 -212C56 -150 78 -90 84 -30Q44 -22 6 -26z", dim);
    canvas.shape("M-6 -196C-34 -130 -56 -80 -66 -30Q-30 -24 -6 -26z", shade(dim, -0.07));
    canvas.shape("M-84 -18H92Q80 12 52 14H-52Q-76 8 -84 -18z", body);
    canvas.line("M-80 -14H88", mix(body, light.sun, 0.4), 2.4, 0.7);
  });
}

/** A small fishing boat with wheelhouse and mast, 190 wide. */
export function paintTrawler(scene: Scene, x: number, y: number, scale: number, mirror: boolean): void {
  const { canvas, light } = scene;
  const body = atDistance(scene, light.near, Math.max(0, 0.6 - scale));
  const cabin = light.isDark ? mix(body, light.haze, 0.3) : mix(light.sun, light.haze, 0.35);
  placed(scene, x, y, scale, mirror, () => {
    reflection(scene, 180, 60, body);
    canvas.line("M34 -30V-150M34 -146L92 -30M34 -146L-86 -34M34 -110L70 -92", body, 3);
    canvas.shape("M-34 -28V-84H14V-28z", cabin);
    canvas.shape("M-40 -84H20V-92H-40z", body);
    canvas.shape(
      "M-28 -76h14v20h-14zM-8 -76h14v20h-14z",
      light.isDark ? light.lamp : shade(light.water, -0.1),
      { outline: false },
    );
    if (light.isDark) canvas.glow(-10, -66, 90, light.lamp, 0.5);
    canvas.shape("M-96 -34Q-50 -24 34 -28Q76 -32 104 -50Q98 2 64 12H-66Q-90 0 -96 -34z", body);
    canvas.line("M-92 -22Q0 -12 98 -36", mix(body, light.sun, 0.45), 3, 0.7);
  });
}

/** A freighter or tanker, 900 long, with deck lights in the dark. */
export function paintShip(
  scene: Scene,
  x: number,
  y: number,
  scale: number,
  mirror: boolean,
  tilt = 0,
): void {
  const { canvas, light } = scene;
  const distance = Math.max(0.05, 0.62 - scale * 0.75);
  const hull = atDistance(scene, mix(light.near, { l: 0.3, c: 0.05, h: 250 }, 0.2), distance);
  const red = atDistance(
    scene,
    mix({ l: 0.38, c: 0.11, h: 30 }, light.near, light.isDark ? 0.7 : 0.2),
    distance,
  );
  const white = atDistance(
    scene,
    light.isDark ? mix(light.near, light.haze, 0.55) : mix(light.sun, light.haze, 0.3),
    distance * 0.8,
  );
  placed(scene, x, y, scale, mirror, () => {
    reflection(scene, 860, 130, hull);
    canvas.group(`transform="rotate(${n(tilt)})"`, () => {
      canvas.shape("M-352 -72V-196H-214V-72zM-338 -196V-232H-240V-196zM-196 -72V-150H-150V-72z", white);
      canvas.shape("M-310 -232V-286H-262V-232z", red);
      canvas.shape("M-366 -236H-224V-228H-366z", hull);
      canvas.line(
        "M-290 -286V-340M-110 -72V-170M60 -72V-180M230 -72V-170M392 -100V-210M-110 -160L-40 -80M60 -170L130 -80M230 -160L300 -84",
        hull,
        5,
      );
      canvas.shape("M-130 -72v-22h300v22z", mix(hull, white, 0.3));
      canvas.shape("M-448 -84L-440 -72H330Q380 -78 452 -112Q440 -50 404 2H-424Q-446 -40 -448 -84z", hull);
      canvas.shape("M-438 -26H424Q416 -10 404 2H-424Q-434 -12 -438 -26z", red, { outline: false });
      canvas.line("M-444 -76H330Q380 -82 448 -108", mix(hull, light.sun, 0.4), 4, 0.6);
      const glass = light.isDark ? light.lamp : shade(hull, 0.05);
      canvas.shape(
        "M-344 -186h14v12h-14zM-318 -186h14v12h-14zM-292 -186h14v12h-14zM-266 -186h14v12h-14zM-240 -186h14v12h-14zM-344 -156h14v12h-14zM-318 -156h14v12h-14zM-292 -156h14v12h-14zM-266 -156h14v12h-14zM-344 -126h14v12h-14zM-292 -126h14v12h-14zM-240 -126h14v12h-14zM-332 -222h84v14h-84z",
        glass,
        { outline: false },
      );
      if (!light.isDark && light.hour !== "storm") return;
      canvas.glow(-290, -210, 230, light.lamp, 0.5);
      for (const lamp of [-110, 60, 230, 392]) {
        canvas.disc(lamp, lamp === 392 ? -208 : -172, 6, light.lamp);
        canvas.glow(lamp, -170, 90, light.lamp, 0.55);
      }
    });
  });
}
