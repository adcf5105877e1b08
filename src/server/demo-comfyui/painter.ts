import type { Artist } from "./artist";
import { PlainArtist } from "./plain-artist";

export class Painter extends PlainArtist implements Artist {}
