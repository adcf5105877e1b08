"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Style } from "@/lib/schemas/style";
import { toProblem } from "../_data/problem";
import { useTRPC } from "../_data/trpc";
import { DeleteDialog } from "../_library/delete-dialog";
import { usageLines } from "../_library/usage-lines";

interface DeleteStyleProps {
  style: Style;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks before a style goes, and says what uses it. */
export function DeleteStyle({ style, onClose, onDeleted }: DeleteStyleProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { id: styleId } = style;
  const usage = useQuery({ ...trpc.style.usage.queryOptions({ styleId }), staleTime: 0 });
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.style.list.pathKey() });
  const remove = useMutation(
    trpc.style.delete.mutationOptions({
      onSuccess: () => {
        onDeleted();
        void refresh();
      },
    }),
  );
  const switchOff = useMutation(
    trpc.style.update.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
      },
    }),
  );
  const error = remove.error ?? switchOff.error ?? usage.error;
  return (
    <DeleteDialog
      name={style.name}
      noun="style"
      uses={usage.data && usageLines(usage.data)}
      stays="Pictures that were made in it stay."
      isOn={style.isActive}
      isBusy={remove.isPending || switchOff.isPending}
      problem={error && toProblem(error)}
      onDelete={() => remove.mutate({ styleId })}
      onSwitchOff={() => switchOff.mutate({ styleId, isActive: false })}
      onClose={onClose}
    />
  );
}
