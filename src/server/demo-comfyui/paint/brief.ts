import type { Dice } from "./dice";
import type { Hour } from "./palettes";
import type { StyleName } from "./style";

/** The things a prompt can ask for that this painter knows how to draw. */
export type Thing =
  | "sea"
  | "harbour"
  | "lighthouse"
  | "rowboat"
  | "sailboat"
  | "ship"
  | "waves"
  | "rocks"
  | "island"
  | "river"
  | "bridge"
  | "mountain"
  | "forest"
  | "tree"
  | "field"
  | "road"
  | "village"
  | "city"
  | "factory"
  | "church"
  | "desert"
  | "castle"
  | "train"
  | "birds"
  | "moon"
  | "stars"
  | "space"
  | "lightning"
  | "snow"
  | "rain"
  | "fog"
  | "fire"
  | "room"
  | "window"
  | "stairs"
  | "lamp"
  | "book"
  | "map"
  | "screen"
  | "dial"
  | "person"
  | "crowd"
  | "portrait"
  | "wheelhouse"
  | "beam"
  | "ice";

/** What a prompt asks for. */
export interface Brief {
  things: ReadonlySet<Thing>;
  hour: Hour;
  style: StyleName;
  /** The prompt without words about style: for the caption. */
  subject: string;
}

const cues: readonly (readonly [Thing, RegExp])[] = [
  [
    "sea",
    /\b(sea|seas|ocean|coast|coastal|shore|beach|tides?|bay|fjord|strait|channel|skerr\w+|seaweed|surf|gulf|lagoon|seaside|harbou?r|quay|port|pier)\b/,
  ],
  ["harbour", /\b(harbou?rs?|quays?|ports?|piers?|docks?|jetty|wharf|marina)\b/],
  ["lighthouse", /\b(lighthouses?|beacon)\b/],
  ["beam", /\b(beam|lit|turn|turned|sweep\w*|shining|shines?)\b/],
  ["rowboat", /\b(row(ed|ing)?|rowboats?|canoes?|dingh(y|ies)|small boats?|oars?|kayaks?|gondolas?)\b/],
  ["sailboat", /\b(sail(s|ed|ing|boats?)?|yachts?|schooners?|fishing boats?|boats?|fish(ermen|erman|ing))\b/],
  ["ship", /\b(ships?|freighters?|tankers?|vessels?|cargo|steamers?|ferry|ferries|trawlers?|captain|crew)\b/],
  ["waves", /\b(waves?|swell\w*|breakers?|surf|spray|gale|breathe|rolling in)\b/],
  ["rocks", /\b(rocks?|rocky|cliffs?|skerr\w+|boulders?|granite|crags?|stones?)\b/],
  ["island", /\b(islands?|islets?|isles?|archipelago)\b/],
  ["river", /\b(rivers?|streams?|brooks?|canals?|estuary|delta|lakes?|ponds?|banks?|bend|dam)\b/],
  ["bridge", /\b(bridges?|viaducts?|aqueducts?|arch(es)?)\b/],
  [
    "mountain",
    /\b(mountains?|peaks?|alps?|alpine|summit|ridge|highlands?|glaciers?|valleys?|hills?|volcano(es)?)\b/,
  ],
  ["forest", /\b(forests?|woods?|woodland|jungle|pines?|spruces?|firs?|birch(es)?|grove|timber|oak beams)\b/],
  ["tree", /\b(trees?|oaks?|orchards?|willows?|olive)\b/],
  [
    "field",
    /\b(fields?|farms?|farmers?|meadows?|wheat|crops?|harvest|pastures?|barns?|plains?|prairie|vineyards?|hay|steppe|sheep|cows?|cattle)\b/,
  ],
  ["road", /\b(roads?|paths?|trails?|highways?|lanes?|tracks?)\b/],
  ["village", /\b(villages?|hamlets?|cottages?|houses?|huts?|cabins?|settlers?|settlements?|monks|town)\b/],
  [
    "city",
    /\b(city|cities|skylines?|skyscrapers?|streets?|downtown|urban|towers|buildings?|metropolis|neon|apartments?|rooftops?|square|avenue)\b/,
  ],
  [
    "factory",
    /\b(factory|factories|chimneys?|smokestacks?|mills?|furnaces?|industr\w+|foundry|refinery|power plant|steelworks|forge|mine)\b/,
  ],
  ["church", /\b(church(es)?|cathedrals?|chapel|steeples?|monastery|abbey|mosque|temples?|bishop)\b/],
  ["castle", /\b(castles?|fortress|fort|citadel|palace|ruins?|masons?)\b/],
  ["desert", /\b(deserts?|dunes?|sahara|camels?|oasis|mars|canyons?)\b/],
  ["train", /\b(trains?|railways?|railroads?|locomotives?|stations?)\b/],
  ["birds", /\b(birds?|gulls?|ravens?|crows?|flocks?|geese|eagles?|swallows?)\b/],
  ["moon", /\b(moon|moonlit|moonlight)\b/],
  ["stars", /\b(stars?|starry|galaxy|milky way|constellations?|clear nights?)\b/],
  ["space", /\b(space|planets?|orbits?|astronauts?|cosmos|cosmic|nebula|satellites? (photo|image|above))\b/],
  ["lightning", /\b(lightning|thunder\w*)\b/],
  ["snow", /\b(snow\w*|blizzard|winters?)\b/],
  ["ice", /\b(ice|icy|froze|frozen|frost|glaciers?|arctic|iceberg\w*)\b/],
  ["rain", /\b(rain\w*|drizzle|downpour|umbrellas?|wet)\b/],
  ["fog", /\b(fog\w*|mist\w*|haze|hazy|smoke|steam)\b/],
  ["fire", /\b(fires?|flames?|burn\w*|blaze|bonfires?|campfires?)\b/],
  [
    "room",
    /\b(rooms?|kitchens?|office|studio|library|indoors?|interiors?|attic|workshop|desk|bedroom|hall|sold|price|bought|buyer)\b/,
  ],
  ["window", /\b(windows?|curtains?)\b/],
  ["stairs", /\b(stairs?|staircases?|steps|spiral)\b/],
  ["lamp", /\b(lamps?|lanterns?|candles?|bulb|holding the light)\b/],
  [
    "book",
    /\b(books?|notebooks?|diary|diaries|pages?|drawings?|letters?|manuscripts?|journals?|sketchbooks?|written|wrote)\b/,
  ],
  ["map", /\b(maps?|charts?|atlas|parchment|compass|names)\b/],
  [
    "screen",
    /\b(screens?|radar|sonar|monitors?|electronic|computers?|displays?|satellites?|digital|gps|data|algorithm\w*)\b/,
  ],
  ["dial", /\b(barometers?|clocks?|watch(es)?|gauges?|dials?|thermometers?|seconds|minutes|hours)\b/],
  [
    "person",
    /\b(she|he|her|his|woman|man|girl|boy|child|pilot|someone|captain|old|king|queen|soldier|farmer|fisherman|nobody|mother|father|who|people|person|figure|traveller|scientist|monk)\b/,
  ],
  [
    "crowd",
    /\b(crowds?|people|workers?|masons?|monks|crew|soldiers|villagers|traders|they|families|children|fishermen|settlers|army|market|them)\b/,
  ],
  [
    "portrait",
    /\b(portraits?|faces?|close-?ups?|headshots?|laughed|smiled?|wept|cried|stared?|eyes|nineteen)\b/,
  ],
  [
    "wheelhouse",
    /\b(wheelhouse|helm|cockpit|bridge of (a|the|her|his)|on (its|her|his) bridge|on the bridge of|ship'?s bridge|lamp room)\b/,
  ],
];

const hours: readonly (readonly [Hour, RegExp])[] = [
  [
    "night",
    /\b(night|nights|midnight|moonlit|moonlight|stars|starry|dark|darkness|milky way|galaxy|constellations?|at (ten|eleven|twelve|four|three)|lamp was lit|power had failed|space|nocturnal)\b/,
  ],
  [
    "storm",
    /\b(storm\w*|gale|thunder\w*|lightning|hurricane|tempest|good weather|rain\w*|swell|barometer|breakers|downpour|spray|drown\w*|swim)\b/,
  ],
  ["dawn", /\b(dawn|sunrise|morning|daybreak|first light)\b/],
  ["dusk", /\b(dusk|twilight|nightfall|blue hour|evening)\b/],
  ["golden", /\b(sunset|golden|autumn|harvest|late sun|low sun|old woman|amber|last (light|road))\b/],
  ["winter", /\b(winter|snow\w*|frozen|froze|ice|icy|frost|blizzard|arctic)\b/],
  ["fog", /\b(fog\w*|mist\w*|haze|hazy|smog)\b/],
  ["day", /\b(noon|midday|daylight|sunny|summer|spring|bright|blue sky|afternoon)\b/],
];

const styleCues: readonly (readonly [StyleName, RegExp])[] = [
  ["noir", /\b(film noir|noir|black and white)\b/],
  ["watercolor", /\b(watercolou?rs?|aquarelle|gouache)\b/],
  ["sketch", /\b(pencil|graphite|sketch(ed)?|charcoal|line drawing|ink drawing|engraving)\b/],
  ["vintage", /\b(vintage|archival|sepia|silver gelatin|daguerreotype|19[0-4]0s)\b/],
  ["anime", /\b(anime|manga|ghibli|cel[- ]shaded|cartoon|comic)\b/],
  ["oil", /\b(oil paint\w*|impasto|on canvas|impressionis\w+|baroque|chiaroscuro)\b/],
  ["cinematic", /\b(cinematic|film still|anamorphic|movie|blockbuster)\b/],
  ["documentary", /\b(documentary|35 ?mm|photojournalis\w+|national geographic)\b/],
];

/** Words that tell how to paint, not what: a part of a prompt that has one is about style. */
const aboutStyle =
  /\b(photograph|photo|film still|painting|painted|illustration|sketch|watercolou?r|noir|anime|lens|mm|grade|style|render|quality|masterpiece|archival photograph|line work|negative space|artwork|8k|4k|hdr)\b/i;

/** Reads what a prompt asks for; the dice decide what it leaves open. LoRA names may name a style too. */
export function readPrompt(prompt: string, loras: readonly string[], dice: Dice): Brief {
  const text = prompt.toLowerCase();
  const style = [...loras.map((name) => name.toLowerCase()), text]
    .flatMap((source) => styleCues.find(([, cue]) => cue.test(source))?.[0] ?? [])
    .at(0);
  const subject = withoutStyle(prompt);
  const words = subject.toLowerCase();
  const things = new Set(cues.flatMap(([thing, cue]) => (cue.test(words) ? [thing] : [])));
  // A ship's bridge is a room, a satellite's is none of ours.
  if (things.has("bridge") && (things.has("ship") || things.has("wheelhouse"))) {
    things.delete("bridge");
    things.add("wheelhouse");
  }
  const hour = hours.find(([, cue]) => cue.test(words))?.[0] ?? dice.pick(openHours);
  return { things, hour, style: style ?? "plain", subject };
}

const openHours: readonly [Hour, ...Hour[]] = [
  "dawn",
  "day",
  "day",
  "golden",
  "dusk",
  "storm",
  "fog",
  "golden",
  "dawn",
  "dusk",
];

/** The prompt without its leading parts about style; the whole where nothing else is in it. */
function withoutStyle(prompt: string): string {
  const sentences = prompt.trim().split(/(?<=[.!?])\s+/);
  const isStyle = (part: string) => aboutStyle.test(part);
  let first = 0;
  // The last sentence is what the picture is of, whatever words it has.
  while (first < sentences.length - 1 && isStyle(sentences[first] ?? "")) first += 1;
  // "Watercolor painting, an old harbour": the style is only the beginning of a sentence.
  const split = (sentence: string) => {
    const parts = sentence.split(/,\s+/);
    const from = parts.findIndex((part) => !isStyle(part));
    return from > 0 ? parts.slice(from).join(", ") : sentence;
  };
  if (sentences.length === 1) return split(sentences[0] ?? "");
  return sentences.slice(first).join(" ");
}
