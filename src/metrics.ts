/** Metrics whose best value is the lowest; of every other metric higher is better. Names are canonical. */
export const LOWER_IS_BETTER: readonly string[] = [
  'FID', 'FVD', 'FAD', 'KID', 'LPIPS', 'NIQE', 'DISTS', 'Perplexity', 'WER', 'CER', 'MAE', 'MSE', 'RMSE', 'EER', 'NME',
  'Top-1 error', 'Top-5 error', 'Error rate', 'Test error', 'Latency', 'Loss',
]; // prettier-ignore
