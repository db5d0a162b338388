/** As Prometheus 2.42 answers a range query. */
export const matrixAnswer = {
  status: 'success',
  data: {
    resultType: 'matrix',
    result: [
      {
        metric: { service_name: 'ai' },
        values: [
          [1795603193.834, '500.00000000000006'],
          [1795603198.834, '500'],
        ],
      },
      {
        metric: { service_name: 'fast "x"' },
        values: [
          [1795603193.834, 'NaN'],
          [1795603198.834, '+Inf'],
        ],
      },
    ],
  },
};

/** As Jaeger 2.13 answers for latencies by operation. */
export const spmAnswer = {
  name: 'service_operation_latencies',
  type: 'GAUGE',
  help: '0.95th quantile latency, grouped by service & operation',
  metrics: [
    {
      labels: [
        { name: 'operation', value: 'ai_inference_pipeline' },
        { name: 'service_name', value: 'ai' },
      ],
      metricPoints: [
        { gaugeValue: { doubleValue: 780 }, timestamp: '2026-11-25T10:39:53.834Z' },
        { gaugeValue: { doubleValue: 'NaN' }, timestamp: '2026-11-25T10:39:58.834Z' },
      ],
    },
    {
      labels: [
        { name: 'service_name', value: 'ai' },
        { name: 'operation', value: 'measure' },
      ],
      metricPoints: null,
    },
  ],
};
