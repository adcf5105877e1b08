"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { LIMITS } from "@/lib/limits";
import { characterCreateInput, type Character } from "@/lib/schemas/character";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { Editor } from "../_library/editor";
import { atField, fieldProblems } from "../_library/form-problems";
import { NEW } from "../_library/use-chosen";
import { useDraft } from "../_library/use-draft";
import { IconButton } from "../_ui/button";
import { ChoiceRow } from "../_ui/choice-row";
import { AreaBox, TextBox } from "../_ui/text-box";
import { useToast } from "../_ui/toast-store";
import { CharacterPictures } from "./character-pictures";
import { KINDS } from "./character-words";
import { DeleteCharacter } from "./delete-character";
import { NewPictures } from "./new-pictures";
import { PictureDrop } from "./picture-drop";
import type { Uploads } from "./use-uploads";

interface CharacterEditorProps {
  /** null: a new one. */
  character: Character | null;
  /** Pictures on their way, also of other characters: they go on when another one is opened. */
  pictures: Uploads;
  onChanged: (character: Character) => void;
  onChoose: (id: string | null) => void;
}

type Values = Pick<Character, "name" | "kind" | "description">;

const EMPTY: Values = { name: "", kind: "person", description: "" };

/** A character's form, and its pictures beside it. */
export function CharacterEditor({ character, pictures, onChanged, onChoose }: CharacterEditorProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [isTried, setIsTried] = useState(false);
  const [isDeleting, setIsDeleting] = useState(false);
  const [waiting, setWaiting] = useState<readonly File[]>([]);
  const base: Values = character
    ? { name: character.name, kind: character.kind, description: character.description }
    : EMPTY;
  const draft = useDraft<Values>(`character ${character?.id ?? NEW}`, base);
  const { values } = draft;
  const { uploads, send, dismiss } = pictures;
  const create = useMutation(
    trpc.character.create.mutationOptions({
      onSuccess: (made) => {
        onChanged(made);
        draft.discard();
        // The editor of the new one takes over; what was dropped here goes with it.
        void send(made.id, waiting);
        onChoose(made.id);
      },
    }),
  );
  const update = useMutation(
    trpc.character.update.mutationOptions({
      onSuccess: (changed) => {
        onChanged(changed);
        draft.discard();
        toast({ title: `“${changed.name}” is saved.` });
      },
    }),
  );
  const error = create.error ?? update.error;
  const problem = error && toProblem(error);
  const refused = atField(problem, Object.keys(EMPTY));
  const wrong = fieldProblems(characterCreateInput, values);
  const shown = Object.fromEntries(
    Object.entries(wrong).filter(([field]) => isTried || field in draft.changes),
  );
  const problems = { ...shown, ...refused };
  const change = (changes: Partial<Values>) => {
    create.reset();
    update.reset();
    draft.set(changes);
  };
  const save = () => {
    setIsTried(true);
    if (Object.keys(wrong).length > 0) return;
    if (character) update.mutate({ characterId: character.id, ...values });
    else create.mutate(values);
  };
  const add = (files: File[]) => {
    if (character) void send(character.id, files);
    else setWaiting((all) => [...all, ...files]);
  };
  return (
    <PictureDrop onFiles={add}>
      <Editor
        title={character ? character.name : "New character"}
        actions={
          character && (
            <IconButton label="Delete this character" onClick={() => setIsDeleting(true)}>
              <Trash2 size={16} />
            </IconButton>
          )
        }
        effect={
          character ? (
            <CharacterPictures
              character={character}
              uploads={uploads.filter((one) => one.characterId === character.id)}
              onFiles={add}
              onDismiss={dismiss}
              onChanged={onChanged}
            />
          ) : (
            <NewPictures
              files={waiting}
              onFiles={add}
              onRemove={(index) => setWaiting((all) => all.toSpliced(index, 1))}
            />
          )
        }
        save={{
          label: character ? "Save" : "Create the character",
          isNew: character === null,
          isChanged: draft.isChanged,
          isBusy: create.isPending || update.isPending,
          problem: problem && Object.keys(refused).length === 0 ? problem : null,
          onSave: save,
          onDiscard: () => {
            draft.discard();
            setIsTried(false);
            create.reset();
            update.reset();
          },
        }}
      >
        <TextBox
          label="Name"
          limit={LIMITS.name}
          value={values.name}
          onChange={(name) => change({ name })}
          problem={problems["name"]}
          hint="As the script has it: shots whose text holds this name get the character’s picture."
        />
        <ChoiceRow label="Kind" value={values.kind} choices={KINDS} onChoose={(kind) => change({ kind })} />
        <AreaBox
          label="Description"
          limit={LIMITS.text}
          value={values.description}
          onChange={(description) => change({ description })}
          problem={problems["description"]}
          hint="For you and your team, not sent to the model: what makes it recognisable."
        />
        {character && <WhereUsed characterId={character.id} />}
      </Editor>
      {character && isDeleting && (
        <DeleteCharacter
          character={character}
          onClose={() => setIsDeleting(false)}
          onDeleted={() => {
            draft.discard();
            onChoose(null);
            void queryClient.invalidateQueries({ queryKey: trpc.character.list.pathKey() });
          }}
        />
      )}
    </PictureDrop>
  );
}

/** The projects that have it in their cast. */
function WhereUsed({ characterId }: { characterId: string }) {
  const trpc = useTRPC();
  const usage = useQuery(trpc.character.usage.queryOptions({ characterId }));
  if (!usage.data) return null;
  const { projects } = usage.data;
  return (
    <section className="space-y-1.5">
      <h3 className="text-meta text-muted">In the cast of</h3>
      {projects.length === 0 ? (
        <p className="text-soft">
          No project yet. Open a project’s board and press C to put it into its cast.
        </p>
      ) : (
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {projects.map(({ id, name }) => (
            <li key={id}>
              <Link href={`/projects/${id}`} className="text-accent hover:underline">
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
