/**
 * The sample project: an original documentary script about a harbour pilot and a lighthouse. A sentence with an
 * image prompt of its own shows how the two differ.
 */
export const SAMPLE = {
  id: "the-last-light",
  name: "The Last Light on Skarv Island",
  modelId: "z-image-turbo",
  styleId: "documentary",
  characters: [
    {
      id: "mira-solberg",
      name: "Mira Solberg",
      kind: "person" as const,
      description: "Harbour pilot, seventy-one, white braid, navy oilskin coat with brass buttons.",
      file: "mira-solberg",
    },
    {
      id: "the-lighthouse",
      name: "The lighthouse",
      kind: "place" as const,
      description: "A short white tower with one red band, on bare rock at the mouth of the fjord.",
      file: "the-lighthouse",
    },
  ],
  sections: [
    {
      title: "A tower at the edge of the map",
      sentences: [
        { text: "Forty miles past the last road, the coast breaks into islands too small for names." },
        {
          text: "On one of them stands the lighthouse that nobody ever managed to photograph in good weather.",
          imagePrompt:
            "A short white lighthouse with one red band on bare rock, storm clouds breaking, breakers at its foot, wide shot from the sea",
        },
        { text: "It was built in 1871 by eleven masons who could not swim." },
        { text: "They carried the granite up from the boats by hand, one block for every tide." },
        { text: "In winter the spray froze on their ropes, and they beat it off with hammers." },
        {
          text: "The lamp was lit for the first time on a night without a single ship to see it.",
          imagePrompt: "A lighthouse beam sweeping over an empty black sea under the stars, long exposure",
        },
      ],
    },
    {
      title: "The pilot",
      sentences: [
        { text: "Mira Solberg was nineteen when she rowed out to her first freighter." },
        {
          text: "She climbed its rope ladder in a borrowed coat and told the captain he was standing on the wrong side of the channel.",
        },
        { text: "He laughed until he heard the rocks." },
        {
          text: "For fifty years after that, no ship entered the fjord without Mira Solberg on its bridge.",
          imagePrompt:
            "Mira Solberg on the bridge of a cargo ship at dawn, hands on the rail, instruments glowing, fog ahead",
        },
        {
          text: "She kept no charts, only a notebook of drawings: this cliff, that chimney, the way the water darkens over sand.",
        },
        { text: "The lighthouse was on every page." },
      ],
    },
    {
      title: "The night of the long swell",
      sentences: [
        {
          text: "On the third of November the barometer fell so fast that she tapped the glass to see if it had broken.",
        },
        { text: "By midnight the harbour was empty, and the sea had begun to breathe." },
        {
          text: "A tanker called from beyond the skerries, her engine dead and her anchors dragging.",
          imagePrompt:
            "A dark tanker rolling in huge swell at night, deck lights on, radio mast against lightning, seen from a small boat",
        },
        { text: "The lamp in the tower had been automatic for years, and the power had failed at ten." },
        {
          text: "So Mira Solberg climbed the hundred and twelve steps with a fisherman's lantern in each hand.",
        },
        {
          text: "She stood in the lamp room until morning and turned by the clock, once every twelve seconds.",
        },
      ],
    },
    {
      title: "What the light is for",
      sentences: [
        { text: "The tanker passed the skerries at four, so close that her crew could smell the seaweed." },
        { text: "None of them ever learned who had been holding the light." },
        {
          text: "There are satellites now, and the channel is a blue line on a screen.",
          imagePrompt:
            "A glowing electronic sea chart on a dark ship's bridge, a thin blue route between islands, reflections on glass",
        },
        { text: "The lighthouse was sold last spring for the price of a used car." },
        {
          text: "The buyer was an old woman with a notebook, who said that she only wanted to see who was still out there.",
        },
        { text: "On clear nights, if you stand on the quay and count slowly, you can see it turn." },
      ],
    },
  ],
};
