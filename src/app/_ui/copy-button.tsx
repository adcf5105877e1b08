"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./button";
import { useInBrowser } from "./use-in-browser";

/** ms that the mark of success stays. */
const SHOWN = 1_500;

/** Copies a text; not there where the browser does not let a page copy. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  // Known in the browser alone, and only on pages that it trusts.
  const canCopy = useInBrowser() && navigator.clipboard !== undefined;
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), SHOWN);
    return () => clearTimeout(timer);
  }, [isCopied]);
  if (!canCopy) return null;
  return (
    <IconButton
      label={isCopied ? "Copied" : label}
      className="size-6! touch:size-11!"
      onClick={() => void navigator.clipboard.writeText(text).then(() => setIsCopied(true))}
    >
      {isCopied ? <Check size={12} className="text-good" /> : <Copy size={12} />}
    </IconButton>
  );
}
