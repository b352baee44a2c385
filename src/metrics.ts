/** Metrics: their names, which of them are better the lower they are, and the numbers that are reached. */

/** How texts write the names of metrics, in small letters, and what each is called. */
export const METRICS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    fid: 'FID', 'fid score': 'FID', 'fid scores': 'FID', fids: 'FID', fvd: 'FVD', fad: 'FAD', kid: 'KID', is: 'IS', 'inception score': 'Inception Score',
    'clip score': 'CLIP Score', 'clip scores': 'CLIP Score', clipscore: 'CLIP Score', 'top-1 accuracy': 'Top-1 accuracy', 'top-1 acc': 'Top-1 accuracy', 'top-1': 'Top-1 accuracy',
    'top-5 accuracy': 'Top-5 accuracy', 'top-1 error': 'Top-1 error', accuracy: 'Accuracy', acc: 'Accuracy', accuracies: 'Accuracy', 'test accuracy': 'Accuracy',
    'classification accuracy': 'Accuracy', map: 'mAP', 'mean average precision': 'mAP', ap: 'AP', miou: 'mIoU', iou: 'IoU', 'mean iou': 'mIoU', bleu: 'BLEU', 'bleu score': 'BLEU', 'rouge-l': 'ROUGE-L', rouge: 'ROUGE',
    psnr: 'PSNR', ssim: 'SSIM', lpips: 'LPIPS', wer: 'WER', cer: 'CER', perplexity: 'Perplexity', f1: 'F1', 'f1 score': 'F1', 'f1-score': 'F1', auc: 'AUC', auroc: 'AUROC',
    'pass@1': 'pass@1', 'win rate': 'Win rate', 'exact match': 'Exact match', 'error rate': 'Error rate', 'success rate': 'Success rate', mrr: 'MRR', ndcg: 'NDCG', 'geneval score': 'GenEval score', recall: 'Recall', 'recall@1': 'Recall@1', score: 'Score', scores: 'Score',
  }),
); // prettier-ignore

/** Metrics whose best value is the lowest; of every other metric higher is better. Names are canonical. */
export const LOWER_IS_BETTER: readonly string[] = [
  'FID', 'FVD', 'FAD', 'KID', 'LPIPS', 'NIQE', 'DISTS', 'Perplexity', 'WER', 'CER', 'MAE', 'MSE', 'RMSE', 'EER', 'NME',
  'Top-1 error', 'Top-5 error', 'Error rate', 'Test error', 'Latency', 'Loss',
]; // prettier-ignore

const CANONICAL = new Map([...METRICS.values(), ...LOWER_IS_BETTER].map((name) => [name.toLowerCase(), name]));

/** What a metric is called, however it is written; one that nobody knows keeps its name. */
export const metricName = (written: string): string =>
  METRICS.get(written.toLowerCase()) ?? CANONICAL.get(written.toLowerCase()) ?? written;

/** The number that a text is, with or without a percent sign; null where it is more than that. */
export const numberOf = (raw: string): number | null =>
  /^[-+]?\d+(\.\d+)?\s?%?$/.test(raw) ? Number.parseFloat(raw) : null;
