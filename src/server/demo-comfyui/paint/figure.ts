import { n } from "./canvas";
import { mix, type Color } from "./color";
import { atDistance, type Scene } from "./scene";
import { placed } from "./vessels";

export type Pose = "stand" | "walk" | "carry" | "lantern" | "lanterns" | "umbrella";

/**
 * A person in a coat, seen from behind and some way off: mostly a silhouette with an edge of light. `y` is the
 * ground, `height` from head to foot.
 */
export function paintFigure(
  scene: Scene,
  wish: {
    x: number;
    y: number;
    height: number;
    pose: Pose;
    distance: number;
    body?: Color;
    shadow?: boolean;
  },
): void {
  const { canvas, light, sun } = scene;
  const dice = scene.dice.fork(`figure ${wish.x}`);
  const body =
    wish.body ?? atDistance(scene, mix(light.near, { l: 0.28, c: 0.05, h: 250 }, 0.14), wish.distance);
  const deep = mix(body, light.near, 0.45);
  const lanterns = wish.pose === "lanterns" ? [1, -1] : wish.pose === "lantern" ? [1] : [];
  const rim = mix(
    body,
    lanterns.length > 0 ? light.lamp : light.sun,
    light.isDark && lanterns.length === 0 ? 0.3 : 0.5,
  );
  const edge = 2.2 * Math.min(1, 230 / wish.height);
  const skirt = dice.range(23, 28);
  const hem = dice.range(-68, -56);
  const stride = wish.pose === "walk" || wish.pose === "umbrella" ? dice.range(7, 12) : 2.5;
  if (wish.shadow !== false) canvas.glow(wish.x, wish.y, wish.height * 0.3, light.near, 0.5, 0.12);
  placed(scene, wish.x, wish.y, wish.height / 200, sun.x < wish.x, () => {
    for (const side of lanterns) canvas.glow(side * 40, -70, 210, light.lamp, 0.8);
    canvas.shape(
      `M-13 ${n(hem - 6)}L${n(-9 - stride)} -4Q${n(-15 - stride)} 1 ${n(-2 - stride)} 1L-1 ${n(hem)}z`,
      deep,
    );
    canvas.shape(
      `M1 ${n(hem)}L${n(stride - 1)} 1Q${n(stride + 15)} 2 ${n(stride + 9)} -4L13 ${n(hem - 6)}z`,
      deep,
    );
    const right = arm(wish.pose, lanterns.includes(1));
    const left = arm(wish.pose, lanterns.includes(-1));
    canvas.shape(mirrored(left), body);
    canvas.shape(right, body);
    const coat = `M-6 -173C-11 -169 -22 -167 -25 -158C-26 -146 -21 -126 -18 -108C${n(-skirt + 3)} -92 ${n(-skirt)} -74 ${n(-skirt - 1)} ${n(hem)}Q0 ${n(hem + 7)} ${n(skirt + 1)} ${n(hem)}C${n(skirt)} -74 ${n(skirt - 3)} -92 18 -108C21 -126 26 -146 25 -158C22 -167 11 -169 6 -173z`;
    canvas.shape(coat, body);
    canvas.line(`M0 -160V-112M0 -100V${n(hem + 3)}M-17 -108Q0 -103 17 -108`, deep, edge, 0.7);
    if (wish.pose === "carry") canvas.shape("M-40 -190h80v-32h-80z", mix(body, light.haze, 0.3));
    canvas.shape(
      "M-6 -170V-180H6V-170zM-10.5 -188C-11.5 -203 11.5 -203 10.5 -188C10.5 -178 6 -172.5 0 -172.5C-6 -172.5 -10.5 -178 -10.5 -188z",
      deep,
    );
    canvas.shape("M-12 -168Q-9 -178 0 -176Q9 -178 12 -168Q0 -162 -12 -168z", mix(body, deep, 0.5));
    if (dice.chance(0.55))
      canvas.shape("M-12 -189Q0 -194 12 -189Q13 -205 0 -206Q-13 -205 -12 -189z", mix(body, deep, 0.3));
    else
      canvas.shape(
        "M-11.5 -186C-14 -208 14 -208 11.5 -186C12 -176 7 -172 4 -166C5 -150 2 -142 0 -138C-2 -142 -5 -150 -4 -166C-7 -172 -12 -176 -11.5 -186z",
        deep,
      );
    canvas.line(
      `M8 -171C13 -168 22 -166 25 -158C26 -146 21 -126 18 -108C${n(skirt - 3)} -92 ${n(skirt)} -74 ${n(skirt + 1)} ${n(hem)}M9 -200Q12 -192 10 -181`,
      rim,
      edge,
      0.8,
    );
    if (wish.pose === "umbrella") {
      canvas.line("M27 -134V-240", deep, 3.2);
      canvas.shape(
        "M-50 -216Q-42 -262 27 -268Q94 -262 104 -216Q84 -225 66 -216Q46 -227 27 -216Q7 -227 -14 -216Q-33 -225 -50 -216z",
        deep,
      );
      canvas.line("M27 -268Q92 -262 103 -217", rim, edge, 0.7);
    }
    for (const side of lanterns) paintLantern(scene, side * 37, -98, deep);
  });
}

/** The right arm, from the shoulder down, up, or bent. */
function arm(pose: Pose, holdsLantern: boolean): string {
  if (pose === "carry") return "M12 -166C22 -168 27 -164 30 -156L40 -188Q38 -196 32 -192L22 -164z";
  if (pose === "umbrella") return "M12 -168C24 -168 29 -160 32 -146Q36 -132 30 -128Q24 -126 24 -136L20 -148z";
  if (holdsLantern) return "M12 -168C24 -168 28 -160 31 -146L41 -106Q42 -98 37 -97Q33 -97 31 -104L20 -140z";
  return "M12 -168C24 -168 29 -160 31 -144C34 -126 34 -112 32 -100Q30 -93 26 -96C24 -100 25 -112 24 -122L19 -140z";
}

/** The same outline on the other side: x runs the other way. */
function mirrored(d: string): string {
  let isX = true;
  return d.replaceAll(/-?\d+(\.\d+)?/g, (number) => {
    const out = isX ? String(-Number(number)) : number;
    isX = !isX;
    return out;
  });
}

function paintLantern(scene: Scene, x: number, y: number, iron: Color): void {
  const { canvas, light } = scene;
  canvas.line(`M${x} ${y}v8`, iron, 3);
  canvas.shape(`M${x - 8} ${y + 8}h16l4 32h-24z`, mix(light.lamp, light.sun, 0.35));
  canvas.line(
    `M${x - 9} ${y + 8}h18M${x - 12} ${y + 40}h24M${x - 4} ${y + 8}l-3 32M${x + 4} ${y + 8}l3 32`,
    iron,
    3,
  );
}

/** A head and shoulders in profile, large, against the light. */
export function paintProfile(
  scene: Scene,
  wish: { x: number; y: number; size: number; facing: number; old: boolean; beard: boolean; cap: boolean },
): void {
  const { canvas, light } = scene;
  const dice = scene.dice.fork("profile");
  const skin = mix(light.near, { l: 0.5, c: 0.06, h: 45 }, light.isDark ? 0.22 : 0.42);
  const coat = mix(light.near, { l: 0.32, c: 0.06, h: 255 }, light.isDark ? 0.2 : 0.5);
  const hair = wish.old
    ? mix({ l: 0.86, c: 0.015, h: 80 }, light.near, light.isDark ? 0.55 : 0.18)
    : mix(light.near, { l: 0.34, c: 0.05, h: 50 }, 0.4);
  const warm = mix(light.sun, light.skyLow, 0.35);
  placed(scene, wish.x, wish.y, wish.size / 330, wish.facing < 0, () => {
    const lit = (color: Color, from: number, to: number) =>
      canvas.linear(
        [
          [0, mix(color, light.near, 0.35)],
          [0.62, color],
          [1, mix(color, warm, 0.62)],
        ],
        { x1: from, y1: 0, x2: to, y2: -60 },
      );
    // Shoulders and collar.
    canvas.shape(
      "M-330 640C-310 290 -220 206 -120 176Q-70 160 -66 120L44 128Q56 168 96 182C190 214 262 290 290 640z",
      lit(coat, -290, 270),
    );
    canvas.shape(
      "M-104 172Q-92 116 -70 96Q-20 150 52 128L112 190Q60 226 20 280Q-30 196 -104 172z",
      lit(mix(coat, light.near, 0.3), -100, 120),
    );
    canvas.line("M20 280L4 640", mix(coat, light.near, 0.6), 5, 0.8);
    for (const y of [306, 362])
      canvas.disc(46, y, 11, mix({ l: 0.78, c: 0.11, h: 85 }, light.near, light.isDark ? 0.35 : 0.1));
    // Neck, then the face from forehead to chin.
    canvas.shape("M-62 40L-66 128Q-20 170 46 132L40 70z", lit(mix(skin, light.near, 0.28), -60, 60));
    canvas.shape(
      "M-20 -132C30 -136 68 -116 78 -78Q84 -60 80 -44Q77 -36 83 -24Q94 -2 106 10Q109 18 95 22Q86 24 88 32Q97 36 94 42Q88 46 85 48Q94 52 91 60Q86 68 86 74Q91 92 76 104Q58 116 26 104Q-6 94 -30 70Q-96 60 -100 -20C-104 -96 -70 -128 -20 -132z",
      lit(skin, -90, 110),
    );
    canvas.line("M50 -36Q66 -44 78 -36", mix(hair, light.near, wish.old ? 0.15 : 0.4), 6, 0.9);
    canvas.line("M54 -20Q64 -26 74 -20", mix(skin, light.near, 0.75), 5, 0.8);
    canvas.line("M70 47Q80 49 86 47", mix(skin, light.near, 0.6), 4, 0.7);
    canvas.line("M-28 -24Q-6 -34 -4 -8Q-6 16 -22 22", mix(skin, light.near, 0.45), 5, 0.5);
    if (wish.beard)
      canvas.shape(
        "M-22 8Q-6 30 14 42Q44 30 88 34Q80 44 92 58Q96 104 66 146Q22 168 -16 110Q-30 60 -22 8z",
        lit(hair, -40, 110),
      );
    canvas.shape(
      "M56 -122Q20 -150 -34 -144C-104 -134 -122 -60 -104 6Q-96 44 -62 52Q-30 44 -30 6Q-34 -30 -10 -44Q40 -60 66 -96z",
      lit(hair, -110, 90),
    );
    if (!wish.beard && !wish.cap) {
      const braid = lit(hair, -130, -50);
      canvas.shape("M-98 -10C-120 20 -118 60 -100 78Q-84 86 -70 74Q-58 50 -66 20z", braid);
      for (let k = 0; k < 7; k += 1) {
        // Strands cross from side to side, each lying on the one before.
        const [x, y, w] = [-86 - k * 1.5, 72 + k * 27, 25 - k * 1.9];
        const lean = k % 2 ? -1 : 1;
        canvas.shape(
          `M${n(x - w)} ${n(y)}C${n(x - w)} ${n(y - 24 + lean * 9)} ${n(x + w)} ${n(y - 24 - lean * 9)} ${n(x + w)} ${n(y)}C${n(x + w)} ${n(y + 26 - lean * 8)} ${n(x - w)} ${n(y + 26 + lean * 8)} ${n(x - w)} ${n(y)}z`,
          braid,
        );
        canvas.line(
          `M${n(x - w * 0.8)} ${n(y - 8 + lean * 10)}Q${n(x)} ${n(y + 4)} ${n(x + w * 0.8)} ${n(y - 8 - lean * 10)}`,
          mix(hair, light.near, 0.42),
          2.6,
          0.7,
        );
      }
      canvas.shape("M-108 254h22l-3 12h-16z", mix(coat, light.near, 0.4));
      canvas.shape("M-106 266Q-112 296 -98 312Q-86 292 -88 266z", braid);
    }
    if (wish.cap) {
      canvas.shape(
        "M-118 -62C-124 -146 -40 -186 40 -164C72 -152 84 -128 78 -96Q-20 -112 -118 -62z",
        lit(mix(coat, light.near, 0.15), -110, 90),
      );
      canvas.shape(
        "M74 -98Q112 -92 138 -72Q106 -76 66 -80Q-30 -90 -116 -52L-120 -70Q-30 -112 74 -98z",
        lit(mix(coat, light.near, 0.5), -110, 130),
      );
    }
    canvas.line(
      "M78 -78Q84 -60 80 -44Q77 -36 83 -24Q94 -2 106 10",
      mix(light.sun, warm, 0.3),
      3,
      dice.range(0.7, 0.95),
    );
  });
}
