/** The graphs that a model without a `workflowFile` of its own runs on, by its workflow type. */
export const DEFAULT_WORKFLOWS = {
  "text-to-image": "workflows/image/text-to-image-image_z_image_turbo.json",
  "image-to-image": "workflows/image/image_flux2_klein_image_edit_4b_base.json",
} as const;
