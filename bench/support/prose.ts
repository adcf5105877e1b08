/** Words as often as language has them: the first ones most. */
const WORDS =
  `the of and a to in was he that it his with as for on at by had not be which from but her they were
this all one she there would their we him been has when who will no more if out so said what up its about into than
them can only other time new some could these two may first then do any like my now over such our man me even most
made after also did many before must well back years where way down long water light house harbour ferry island wind
storm keeper window stairs lamp night morning winter summer stone road river bridge village mountain forest field sky
cloud rain snow fog sea wave rope boat sail deck captain child woman brother sister mother father letter book paper
table chair door wall roof garden tree leaf flower grass bird horse dog fish fire smoke ash iron copper glass silver
gold red blue green grey black white pale dark bright narrow wide deep shallow quiet loud slow quick old young small
great heavy light empty full broken whole early late north south east west above below behind beside between close
distant wet dry warm cold soft hard painted wooden wet carved folded hidden forgotten waiting walking running standing
looking holding carrying reading writing singing sleeping burning falling rising turning opening closing wandering
portrait landscape shot angle lens grain shadow dusk dawn noon cinematic documentary photograph etching engraving map
compass clock bell tower church market street lantern candle mirror coat hat glove boot knife bread apple salt coal
engine wheel chain anchor net oar mast signal station railway platform tunnel valley cliff beach marsh heath moor
glacier volcano desert canyon cave spring lake pond ditch fence gate path stairwell attic cellar kitchen library
workshop factory chimney quay warehouse customs lighthouse beacon reef tide current ebb flood gale breeze squall hail
thunder lightning rainbow moon star comet horizon shore wreck survivor rescue message telegram newspaper photograph
crowd soldier doctor teacher fisherman farmer miner sailor pilot engineer architect painter musician dancer queen king
mayor judge lawyer thief stranger neighbour widow orphan twins ghost rumour secret promise debt wedding funeral birth
harvest famine plague war peace treaty border passport ticket suitcase trunk key lock drawer cupboard blanket pillow`
    .split(/\s+/)
    .filter(Boolean);

/** Sentences of so many words that pack about as language does; the same for the same seed. */
export function writeProse(seed: number): (words: number) => string {
  let state = seed >>> 0 || 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return (words) => {
    const count = Math.max(4, Math.round(words * (0.6 + random() * 0.8)));
    const all = Array.from({ length: count }, () => WORDS[Math.floor(random() ** 1.8 * WORDS.length)]!);
    const text = all.join(" ");
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
}
