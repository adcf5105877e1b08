"use client";
import { useContext } from "react";
import type { Sentence } from "@/lib/schemas/sentence";
import { changedWords } from "../model/changed-words";
import { ProjectChoicesContext } from "./project-choices";

/** What changed since a dirty shot's picture was made, in two or three words. */
export function ChangedWords({ sentence }: { sentence: Sentence }) {
  return changedWords(sentence, useContext(ProjectChoicesContext));
}
