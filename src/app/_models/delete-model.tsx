"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Model } from "@/lib/schemas/model";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { DeleteDialog } from "../_library/delete-dialog";
import { usageLines } from "../_library/usage-lines";

interface DeleteModelProps {
  model: Model;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks before a model goes, and says what uses it. */
export function DeleteModel({ model, onClose, onDeleted }: DeleteModelProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { id: modelId } = model;
  const usage = useQuery({ ...trpc.model.usage.queryOptions({ modelId }), staleTime: 0 });
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.model.list.pathKey() });
  const remove = useMutation(
    trpc.model.delete.mutationOptions({
      onSuccess: () => {
        onDeleted();
        void refresh();
      },
    }),
  );
  const switchOff = useMutation(
    trpc.model.update.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
      },
    }),
  );
  const error = remove.error ?? switchOff.error ?? usage.error;
  const uses = usage.data && [
    ...usageLines(usage.data),
    ...usage.data.styles.map((name) => `the style “${name}”, which goes with it`),
  ];
  return (
    <DeleteDialog
      name={model.name}
      noun="model"
      uses={uses}
      stays="Pictures that it made stay, and so does its workflow file."
      isOn={model.isActive}
      isBusy={remove.isPending || switchOff.isPending}
      problem={error && toProblem(error)}
      onDelete={() => remove.mutate({ modelId })}
      onSwitchOff={() => switchOff.mutate({ modelId, isActive: false })}
      onClose={onClose}
    />
  );
}
