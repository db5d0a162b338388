/** Which inferences are asked for. Times are those at which inferences ended: (afterUs, toUs]. */
export interface InferenceQuery {
  readonly service?: string;
  readonly afterUs?: number;
  readonly toUs?: number;
}
