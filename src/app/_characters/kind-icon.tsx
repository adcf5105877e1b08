import { Box, MapPin, UserRound } from "lucide-react";
import type { Character } from "@/lib/schemas/character";

const ICONS = { person: UserRound, place: MapPin, object: Box };

/** What stands for a character that has no picture. */
export function KindIcon({ kind, size = 16 }: { kind: Character["kind"]; size?: number }) {
  const Icon = ICONS[kind];
  return <Icon size={size} aria-hidden />;
}
